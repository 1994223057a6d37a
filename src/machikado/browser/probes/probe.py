"""The shape of a probe."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Page


@dataclass(frozen=True, slots=True)
class Probe:
    """One way of driving a page.

    name: how checks ask for it; run: drives the page and answers with JSON values, elements by the
    numbers of the page's last snapshot (`__machikado.indexOf`, `__machikado.element` of setup.js);
    needs_fresh_page: whether the page is loaded anew first, because what ran before may have left
    it changed. A probe may leave the page changed: whoever minds asks for a fresh one.
    leaves_changed: whether it is likely to; of those that take the page as it is, such ones come last.
    reason: a JavaScript function that tells, before all that, whether the page gives any reason to
    run it; None where every page does. Without a reason its answer is `{}`.
    """

    name: str
    run: Callable[[Page], Any]
    needs_fresh_page: bool = True
    leaves_changed: bool = False
    reason: str | None = None
