"""The criteria as the audit asks for them; the data and the standards are in `conformance.standard`."""

from machikado.conformance.standard import (
    ADDED_IN_WCAG_21,
    ADDED_IN_WCAG_22,
    CRITERIA,
    JIS_2016,
    level_of,
    of_tags,
)

__all__ = ["ADDED_IN_WCAG_21", "ADDED_IN_WCAG_22", "CRITERIA", "JIS_2016", "level_of", "of_tags"]
