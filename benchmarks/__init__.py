"""Benchmarks: a seeded city, the same city for other generators, and one command that times them."""
