"""Feeds: the news of each locale as Atom, RSS 2.0 and JSON Feed; pure functions over the site."""

from machikado.feeds.channels import every_feed, feed_files, feed_files_of

__all__ = ["every_feed", "feed_files", "feed_files_of"]
