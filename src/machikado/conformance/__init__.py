"""From what machines found and people judged to what a public body may say of its site; pure."""
