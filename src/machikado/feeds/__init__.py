"""Feeds: the news of each locale as Atom, RSS 2.0 and JSON Feed; pure functions over the site."""
