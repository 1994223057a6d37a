"""Serving a site to its writers while they write: builds, a web server, and what is to be mended on every page."""
