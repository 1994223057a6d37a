"""Which engine answers for what: axe-core first, except where a check of ours is measurably better."""

from __future__ import annotations

from collections.abc import Mapping

LEFT_TO_US: Mapping[str, str] = {
    "aria-command-name": "button-role-without-name",
    "avoid-inline-spacing": "important-letter-spacing",
    "aria-prohibited-attr": "aria-where-nothing-is-said",
    "css-orientation-lock": "turned-with-device",
    "frame-title-unique": "frames-with-one-name",
    "label-content-name-mismatch": "label-not-in-name",
    "object-alt": "object-without-alternative",
    "nested-interactive": "focus-inside-control",
    "no-autoplay-audio": "sound-by-itself",
    "th-has-data-cells": "header-cell-without-cells",
    "video-caption": "video-without-captions",
}
"""Rules of axe that are not run, each with the id of the check that took its place."""

ADVISED = ("color-contrast-enhanced",)
"""Rules of axe that are advice on any page: most links of most sites fail this one, of level AAA."""

NOT_FOR_FOREIGN_PAGES = (
    "region",
    "landmark-banner-is-top-level",
    "landmark-complementary-is-top-level",
    "landmark-contentinfo-is-top-level",
    "landmark-main-is-top-level",
    "landmark-no-duplicate-banner",
    "landmark-no-duplicate-contentinfo",
    "landmark-one-main",
    "landmark-unique",
    "page-has-heading-one",
)
"""Best practices without a success criterion that our own site keeps and other sites need not."""
