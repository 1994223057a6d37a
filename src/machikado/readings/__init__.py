"""Furigana: how Japanese words are read, and the page that says so."""
