"""An image that says nothing to those who cannot see it, and is not called decorative either."""

from __future__ import annotations

from collections.abc import Iterator

from machikado.check.rule import Mark, Rule, SourcePage
from machikado.vocabulary import Text


def _find(source: SourcePage) -> Iterator[Mark]:
    for image in source.images:
        if image.decorative and image.alt:
            yield Mark(
                image.line,
                Text(
                    f"飾りの画像（.decorative）に、説明「{image.alt}」が付いています。",
                    f"The image is called decorative but has a text, `{image.alt}`.",
                ),
                Text(
                    "どちらか一方にしてください。内容を伝える画像なら {.decorative} を消し、"
                    "飾りなら [ ] の中を空にします。",
                    "Choose one: remove {.decorative} if the image tells something, or empty the "
                    "brackets if it does not.",
                ),
            )
        elif not image.decorative and not image.alt:
            yield Mark(
                image.line,
                Text(
                    f"画像「{image.target}」に説明（代替テキスト）がありません。",
                    f"The image `{image.target}` has no text alternative.",
                ),
            )


RULE = Rule(
    id="image-without-alt",
    title=Text("説明のない画像", "An image without a text alternative"),
    help=Text(
        "![説明](ファイル名) のように、画像が伝えることを [ ] の中に書いてください。飾りの画像は "
        "![](ファイル名){.decorative} と書きます。",
        "Write what the image tells in the brackets: ![text](file). A decorative image is written "
        "![](file){.decorative}.",
    ),
    find=_find,
    good=(
        "![盛岡駅の周りの地図](map.png)",
        "![](map.png){.decorative}",
        '<img src="map.png" alt="">',
        "`![](map.png)`",
        "    ![](map.png)",
        "<!-- ![](map.png) -->",
        "1. 次のように書きます。\n\n    ```\n    ![](map.png)\n    ```",
    ),
    bad=(
        "![](map.png)",
        "![ ](map.png)",
        "![](map.png){.wide}",
        "![盛岡駅の周りの地図](map.png){.decorative}",
        '<img src="map.png">',
        "[![](map.png)](measures/1-2-2.md)",
    ),
    criteria=("1.1.1",),
    level="A",
)
