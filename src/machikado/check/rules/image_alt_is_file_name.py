"""A text alternative that is only a file name or the word "image" (WCAG 2.2, failure F30)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from posixpath import basename, splitext
from urllib.parse import unquote

from machikado.check.rule import Mark, Rule, SourcePage
from machikado.patterns import lazily
from machikado.vocabulary import Text

_FILE_NAME = lazily(r"[^/\\]*\.(?:png|jpe?g|gif|svg|webp|avif|bmp|tiff?|heic)", re.IGNORECASE)
_CAMERA_NAME = lazily(
    r"(?:img|dscn?|dscf|pict?|image|photo|画像|写真|図|スクリーンショット|screenshot)"
    r"[-_ ]?\d[\d_-]*",
    re.IGNORECASE,
)
_DATED_NAME = lazily(r"(?:IMG_|PXL_|P|DSC)?\d{6,}(?:[-_]\d+)*(?:\(\d+\))?", re.IGNORECASE)
_SAYS_A_KIND = lazily(
    "(?:この|これは)?(?:画像|写真|図表?|イラスト|バナー|アイコン|イメージ|挿絵|ロゴ|サムネイル|スクリーンショット|フォト)"
    "(?:の)?(?:画像|写真|イメージ|図|ファイル|マーク)?(?:です|になります|。)*[ 　]*[0-9０-９①-⑳]*"
)
_ONLY_A_KIND = {
    "画像", "写真", "図", "イラスト", "バナー", "アイコン",
    "no image", "noimage", "no_image", "dummy", "untitled", "代替テキスト", "説明", "画像の説明",
    "image", "photo", "picture", "graphic", "figure", "icon", "banner", "img", "alt",
    "图片", "照片", "圖片", "이미지", "사진", "그림", "ảnh", "hình ảnh",
}  # fmt: skip


def _find(source: SourcePage) -> Iterator[Mark]:
    for image in source.images:
        if image.alt and _says_nothing(image.alt, image.target):
            yield Mark(
                image.line,
                Text(
                    f"画像の説明が「{image.alt}」では、内容が伝わりません。",
                    f"The text alternative `{image.alt}` does not say what the image shows.",
                ),
            )


def _says_nothing(alt: str, target: str) -> bool:
    name = unquote(basename(target))
    stem = splitext(name)[0]
    # 「地図」 may well describe 地図.png; no words describe anything with map_02.
    is_coded = stem.isascii() and re.search(r"[\d_-]", stem) is not None
    return (
        alt.lower() in _ONLY_A_KIND
        or alt in (name, target)
        or (is_coded and alt == stem)
        or _FILE_NAME.fullmatch(alt) is not None
        or _CAMERA_NAME.fullmatch(alt) is not None
        or _DATED_NAME.fullmatch(alt) is not None
        or _SAYS_A_KIND.fullmatch(alt) is not None
    )


RULE = Rule(
    id="image-alt-is-file-name",
    title=Text(
        "ファイル名や「画像」だけの説明", "A file name, or just “image”, as text alternative"
    ),
    help=Text(
        "画像が見えない人に電話で伝えるつもりで、画像の内容を書いてください。",
        "Write what the image shows, as if you told someone on the telephone.",
    ),
    find=_find,
    good=(
        "![盛岡駅の周りの地図](map.png)",
        "![地図](map.png)",
        "![写真: 開運橋から見た岩手山](map.png)",
        "![イメージキャラクター](map.png)",
        "![](map.png){.decorative}",
    ),
    bad=(
        "![map.png](map.png)",
        "![画像](map.png)",
        "![Photo](map.png)",
        "![IMG_0123](map.png)",
        "![写真1](map.png)",
        "![バナー画像](map.png)",
        "![20260401_153000](map.png)",
        '<img src="map.png" alt="other.JPG">',
    ),
    criteria=("1.1.1",),
    level="A",
)
