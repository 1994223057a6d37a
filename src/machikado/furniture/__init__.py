"""What surrounds an article on its page: every value a template shows, computed without an engine."""
