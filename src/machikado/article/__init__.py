"""The article of a page: its Markdown taken apart for checks, and made into HTML for readers."""
