"""The audit of rendered pages: what a browser saw is judged here; the browser is passed in."""
