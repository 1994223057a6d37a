"""Text that hardly shows on the picture behind it for readers who need more contrast (ACT rule 09o5cg; WCAG 2.2, 1.4.6)."""

from __future__ import annotations

from machikado.audit.check import Check
from machikado.audit.checks._over_pictures import texts, too_faint
from machikado.vocabulary import Text, Weight

CHECK = Check(
    id="less-clear-text-over-picture",
    title=Text("背景の画像の上で見分けにくい文字", "Text less clear on the picture behind it"),
    help=Text(
        "文字の下に無地の色を敷くか、文字の色を変えてください。",
        "Put a plain colour behind the text, or change the colour of the text.",
    ),
    criteria=("1.4.6",),
    act=("09o5cg",),
    weight=Weight.WARNING,
    applies_to=texts,
    expectation=lambda element, page: too_faint(element, page, 7, 4.5),
    probes=("pixels",),
    good=(
        '<p style="background: linear-gradient(#000, #222); color: #fff">市民課</p>',
        '<p style="background: linear-gradient(90deg, #fff, #00f); color: #000">Registry office</p>',
        '<p style="color: #777; background: #fff">無地の上の文字は axe が見る</p>',
        '<button disabled style="background: linear-gradient(#fff, #eee); color: #ccc">Send</button>',
        '<p style="background: linear-gradient(#000, #333); color: #fff; font-size: 2rem">見出し</p>',
    ),
    bad=(
        '<p style="background: linear-gradient(#fff, #eee); color: #aaa">市民課の窓口のご案内</p>',
        '<div style="background: url(data:image/svg+xml,%3Csvg%20xmlns=%22http://www.w3.org/2000/svg'
        "%22%3E%3Crect%20width=%22999%22%20height=%22999%22%20fill=%22%23444%22/%3E%3C/svg%3E)"
        '"><p style="color: #000">Opening hours of the library</p></div>',
    ),
)
