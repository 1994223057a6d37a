"""An object, or something embedded, that shows something and has no name (ACT rule 8fc3b6; WCAG 2.2, 1.1.1, H53)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from machikado.audit.check import Check, Fault
from machikado.audit.snapshot import Element, Snapshot
from machikado.vocabulary import Text

_PAGE = re.compile(r"(?:^|/)[^/.]*$|\.(?:x?html?|php|aspx?|jsp|txt)$", re.IGNORECASE)
_PAGE_TYPE = re.compile(r"^(?:text/|application/xhtml)", re.IGNORECASE)


def _applies_to(page: Snapshot) -> Iterator[Element]:
    """Objects that assistive technology meets and that show a picture, a sound, a film or the like."""
    for element in page.elements("object"):
        is_decorative = element.get("role").strip().lower() in ("none", "presentation")
        is_met = element.is_exposed and element.get("data").strip() and not is_decorative
        if is_met and not _is_page(element) and not _has_failed(element):
            yield element


def _embedded(page: Snapshot) -> Iterator[Element]:
    for element in page.elements("embed"):
        is_met = element.is_exposed and element.is_rendered and element.get("src").strip()
        if (
            is_met
            and element.get("role").strip().lower() not in ("none", "presentation")
            and not _is_page(element)
        ):
            yield element


def _is_page(element: Element) -> bool:
    """Whether it shows a page, which speaks for itself."""
    if element.get("type"):
        return bool(_PAGE_TYPE.match(element.get("type").strip()))
    data = element.get("data").strip() or element.get("src").strip()
    return not data.startswith("data:") and bool(_PAGE.search(urlsplit(data).path))


def _has_failed(element: Element) -> bool:
    """Whether what stands in it is shown, since it could not be loaded."""
    inside = [part for part in element.parts if part.tag != "param"]
    is_shown = any(part.box is not None for part in inside)
    return is_shown or any(run.box is not None for run in element.runs()) or element.box is None


def _expectation(element: Element, _page: Snapshot) -> Fault | None:
    if (element.name or "").strip():
        return None
    return Fault(
        Text(
            "object の内容を伝える名前がありません。",
            "The object has no name that tells what it shows.",
        )
    )


def _says_nothing(element: Element, _page: Snapshot) -> Fault | None:
    if any(element.get(name).strip() for name in ("aria-label", "aria-labelledby", "title", "alt")):
        return None
    return Fault(
        Text(
            "embed の内容を伝える名前がありません。",
            "What is embedded has no name that tells what it is.",
        )
    )


_PICTURE = "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///ywAAAAAAQABAAACAUwAOw=="


def _object(attributes: str, inside: str = "") -> str:
    return f'<object data="{_PICTURE}" type="image/gif" width="40" height="40" {attributes}>{inside}</object>'


CHECKS = (
    Check(
        id="object-without-alternative",
        title=Text("名前のない object", "An object without a name"),
        help=Text(
            "aria-label に、見えるもの・聞こえるものを短く書いてください。",
            "Tell in its aria-label what it shows or says.",
        ),
        criteria=("1.1.1",),
        act=("8fc3b6",),
        applies_to=_applies_to,
        expectation=_expectation,
        good=(
            _object('aria-label="古い橋"'),
            _object('title="The old bridge"'),
            _object('role="none"'),
            _object('aria-hidden="true"'),
            '<object title="" data="/page.html"></object>',
            '<object data="/missing.png">The old bridge</object>',
        ),
        bad=(
            _object(""),
            _object('title=" "'),
            _object("", '<img src="x.png" alt="The old bridge">'),
            _object('style="position: absolute; top: -999em"'),
        ),
    ),
    Check(
        id="embed-without-alternative",
        title=Text("名前のない embed", "Something embedded without a name"),
        help=Text(
            "aria-label に、見えるもの・聞こえるものを短く書いてください。",
            "Tell in its aria-label what it shows or says.",
        ),
        criteria=("1.1.1",),
        applies_to=_embedded,
        expectation=_says_nothing,
        good=(
            f'<embed src="{_PICTURE}" type="image/gif" width="40" height="40" title="古い橋">',
            f'<embed src="{_PICTURE}" type="image/gif" width="40" height="40" role="none">',
            '<embed src="/page.html" type="text/html">',
        ),
        bad=(f'<embed src="{_PICTURE}" type="image/gif" width="40" height="40">',),
    ),
)
