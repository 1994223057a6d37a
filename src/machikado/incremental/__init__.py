"""Builds whose cost is that of what changed: an index of the content, and what each product was made from."""
