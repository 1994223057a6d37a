"""Outputs that concern the whole site: each a pure function over the site read from its sources."""
