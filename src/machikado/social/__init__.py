"""Posts on social networks: what a notice says on each, and that each is sent exactly once.

compose: from a notice to the post of each network, within its limit (pure, used by checks too);
ledger: what was claimed, sent and decided, line by line; outbox: what is to be done next;
networks: the only importers of the networks' own client libraries.
"""
