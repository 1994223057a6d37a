"""The checks of rendered pages, a file each. Adding a file adds the check, its tests and its page."""
