"""Frames of one name that show different things (ACT rule 4b1c6c; WCAG 2.2, 4.1.2)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Any
from urllib.parse import urldefrag, urljoin

from machikado.audit.check import Check, Fault, doubt
from machikado.audit.snapshot import Element, Snapshot
from machikado.vocabulary import Text

_ALIKE = 0.6
"""Frames that share this part of their words say the same."""
_ADVERTISEMENT = re.compile(r"\b(ad|ads|advert\w*|sponsor\w*)\b|広告|スポンサー", re.IGNORECASE)


def _name(frame: Element) -> str:
    return " ".join((frame.name or "").split()).casefold()


def _applies_to(page: Snapshot) -> Iterator[Element]:
    """The second and further frame of each name, advertisements left out."""
    seen: set[str] = set()
    for frame in _frames(page):
        name = _name(frame)
        if name in seen and not _ADVERTISEMENT.search(name):
            yield frame
        seen.add(name)


def _frames(page: Snapshot) -> Iterator[Element]:
    for frame in page.elements("iframe", "frame"):
        if frame.is_exposed and _name(frame):
            yield frame


def _expectation(frame: Element, page: Snapshot) -> Fault | None:
    first = next(other for other in _frames(page) if _name(other) == _name(frame))
    if _address(first, page) == _address(frame, page) and not frame.has("srcdoc"):
        return None
    one, two = first.more.get("frame"), frame.more.get("frame")
    name = (frame.name or "").strip()
    if not one or not two:
        return doubt(
            f"同じ名前「{name}」のフレームが2つあります。同じ内容ですか。",
            f"Two frames are called “{name}”. Do they show the same?",
        )
    if _say_the_same(first, one, frame, two):
        return None
    return Fault(
        Text(
            f"内容の違うフレームが、同じ名前「{name}」です。",
            f"Frames that show different things are both called “{name}”.",
        )
    )


def _address(frame: Element, page: Snapshot) -> str:
    return urldefrag(urljoin(page.url, frame.get("src").strip())).url


def _say_the_same(a: Element, of_a: Any, b: Element, of_b: Any) -> bool:  # noqa: ANN401
    if of_a["url"] == of_b["url"] and of_a["url"] != "about:srcdoc":
        return True
    if of_a["title"].strip() and of_a["title"].strip() == of_b["title"].strip():
        return True
    words, others = (_words(frame) for frame in (a, b))
    shared = sum((words[word] > 0) and (others[word] > 0) for word in {*words, *others})
    return shared >= _ALIKE * len({*words, *others})


def _words(frame: Element) -> defaultdict[str, int]:
    counted: defaultdict[str, int] = defaultdict(int)
    body = next(frame.elements("body"), None)
    for word in re.findall(r"[a-z0-9]+|[^\W\d_]", body.text.casefold() if body else ""):
        counted[word] += 1
    for image in body.elements("img") if body else ():
        counted[image.get("src")] += 1
    return counted


CHECK = Check(
    id="frames-with-one-name",
    title=Text("内容が違うのに同じ名前のフレーム", "Different frames with one name"),
    help=Text(
        "フレームごとに、内容を表す違う title を付けてください。",
        "Give each frame a title of its own that says what is in it.",
    ),
    criteria=("4.1.2",),
    act=("4b1c6c",),
    applies_to=_applies_to,
    expectation=_expectation,
    good=(
        '<iframe title="市役所の地図" srcdoc="<p>駅の東</p>"></iframe>'
        '<iframe title="図書館の地図" srcdoc="<p>駅の西</p>"></iframe>',
        '<iframe title="Map" srcdoc="<p>East of the station</p>"></iframe>'
        '<iframe title="Map" srcdoc="<p>East of the station</p>"></iframe>',
        '<iframe title="広告" srcdoc="<p>靴</p>"></iframe>'
        '<iframe title="広告" srcdoc="<p>自転車</p>"></iframe>',
        '<iframe srcdoc="<p>a</p>"></iframe><iframe srcdoc="<p>b</p>"></iframe>',
    ),
    bad=(
        '<iframe title="地図" srcdoc="<p>市役所は駅の東</p>"></iframe>'
        '<iframe title="地図" srcdoc="<ul><li>予約の方法</ul>"></iframe>',
        '<iframe title="Video" srcdoc="<p>The mayor speaks</p>"></iframe>'
        '<iframe aria-label="video" srcdoc="<p>How to sort waste</p>"></iframe>',
    ),
)
