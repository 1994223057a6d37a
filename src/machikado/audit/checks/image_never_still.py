"""An image that moves on and on (WCAG 2.2, 2.2.2; G152, F16)."""

from __future__ import annotations

from collections.abc import Iterator

from machikado.audit.check import Check, Fault
from machikado.audit.snapshot import Element, Snapshot
from machikado.vocabulary import Text

_FREE = 5.0
"""Seconds that anything may move by itself without a way to stop it (2.2.2)."""
_LEAST = 8
"""Pixels; what is smaller is not seen to move."""


def _applies_to(page: Snapshot) -> Iterator[Element]:
    """Images of several frames."""
    for number in page.probes["animated-images"]:
        image = page.element(int(number))
        if image is not None and image.is_rendered and image.box is not None:
            yield image


def _expectation(image: Element, page: Snapshot) -> Fault | None:
    known = page.probes["animated-images"][str(image.index)]
    # Browsers show a frame of no or next to no delay for a tenth of a second.
    once = max(float(known["seconds"]), 0.02 * known["frames"])
    is_small = image.box is None or max(image.box.width, image.box.height) < _LEAST
    is_endless = known["runs"] is None
    if is_small or (not is_endless and once * known["runs"] <= _FREE):
        return None
    return Fault(
        Text(
            "この画像はひとりでに動き続け、止められません。近くの文章に集中できない人がいます。",
            "This image keeps moving and nothing stops it: some people cannot read beside it.",
        )
    )


def _gif(runs: int | None, delay: int) -> str:
    """A GIF of two frames, each shown for `delay` hundredths of a second, as a data address."""
    from base64 import b64encode

    head = b"GIF89a\x10\x00\x10\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff"
    loop = b"" if runs is None else b"!\xff\x0bNETSCAPE2.0\x03\x01" + bytes((runs, 0)) + b"\x00"
    frame = b"!\xf9\x04\x00" + delay.to_bytes(2, "little") + b"\x00\x00"
    frame += b",\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02\x4c\x01\x00"
    data = head + loop + frame + frame + b";"
    return f'<img alt="矢印" src="data:image/gif;base64,{b64encode(data).decode()}">'


CHECK = Check(
    id="image-never-still",
    title=Text("動き続ける画像", "An image that never stops moving"),
    help=Text(
        "動かない画像に替えるか、5秒以内に止まるように（繰り返しなしに）作り直してください。",
        "Use a still image, or make it stop within five seconds (no endless loop).",
    ),
    criteria=("2.2.2",),
    probes=("animated-images",),
    applies_to=_applies_to,
    expectation=_expectation,
    good=(
        _gif(None, 50),
        _gif(2, 50),
        '<img alt="x" src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">',
    ),
    bad=(_gif(0, 50), _gif(9, 100)),
)
