"""The real browser: the only door to Playwright, and it knows nothing of accessibility."""
