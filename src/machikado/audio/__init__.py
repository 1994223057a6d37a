"""Recorded audio: what of a page is said, by which voice, and where the recording is kept."""
