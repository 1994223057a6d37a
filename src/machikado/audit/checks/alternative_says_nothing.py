"""An alternative text that is no text: a file name or “image” (WCAG 2.2, 1.1.1, F30)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from machikado.audit.check import Check, Fault
from machikado.audit.checks._images import alternative, file_name, images, plain
from machikado.audit.snapshot import Element, Snapshot
from machikado.vocabulary import Text

_FILE = re.compile(
    r"^\S*\.(jpe?g|png|gif|svg|webp|bmp|tiff?|ico|avif|heic)$|^data:image/|^https?://\S+$|"
    r"^(dsc|img|dscn|dscf|p|pict?|screenshot|screen shot)[-_ ]?\d{2,}.*$|^[0-9a-f]{16,}$",
    re.IGNORECASE,
)
_MACHINE_MADE = re.compile(r"[_/\\]|-.*-|[a-z]\d{2,}|\d[a-z]{2,}", re.IGNORECASE)
_NOTHING = {
    plain(word)
    for word in (
        "image", "images", "an image", "the image", "picture", "pictures", "photo", "photos",
        "photograph", "pic", "graphic", "graphics", "img", "figure", "fig", "illustration",
        "spacer", "blank", "bullet", "dot", "line", "alt", "alt text", "alternative text",
        "placeholder", "alt text goes here", "alt text here", "image alt", "text here", "captcha", "thumbnail", "banner", "image alt text", "insert alt text here", "untitled",
        "image description", "description", "icon", "logo", "chart", "graph", "diagram", "todo",
        "image of", "picture of", "null", "undefined", "none", "decorative", "decorative image",
        "画像", "写真", "イメージ", "図", "イラスト", "アイコン", "バナー", "ロゴ", "図表", "グラフ",
        "挿絵", "画像です", "写真です", "画像1", "画像2", "写真1", "写真2", "図1", "図2", "代替テキスト",
        "説明", "画像の説明", "サムネイル", "スペーサー", "飾り", "装飾", "線", "空白", "トップ画像",
        "メイン画像", "イメージ画像", "イメージ写真",
    )
}  # fmt: skip
_KINDS = frozenset(
    map(
        plain,
        (
            "svg",
            "canvas",
            "png",
            "jpg",
            "jpeg",
            "gif",
            "object",
            "vector",
            "button",
            "ボタン",
            "input",
        ),
    )
)
_NUMBERED = re.compile(r"^(image|picture|photo|figure|fig|画像|写真|図|イラスト)\d{1,4}$")


def _applies_to(page: Snapshot) -> Iterator[Element]:
    """Images with an alternative text that is not empty."""
    for image in (*images(page), *_by_role(page)):
        if _said(image) and (image.tag == "area" or image.is_exposed):
            yield image


def _by_role(page: Snapshot) -> Iterator[Element]:
    """Drawings and parts that are called images, with a name."""
    for element in page.with_role("img"):
        is_drawn = element.tag in ("svg", "canvas", "div", "span", "i", "object")
        if (
            is_drawn
            and element.is_rendered
            and element.name
            and not element.inside("link", "button")
        ):
            yield element


def _said(image: Element) -> str:
    """What is read out: a label before the alternative text, the title where both are missing."""
    is_labelled = image.get("aria-label").strip() or image.get("aria-labelledby")
    if is_labelled or image.tag not in ("img", "input", "area"):
        return " ".join((image.name or "").split())
    return alternative(image) if image.has("alt") else " ".join(image.get("title").split())


def _expectation(image: Element, _page: Snapshot) -> Fault | None:
    said = _said(image)
    if _FILE.match(said) or _is_file_name(said, file_name(image)):
        return Fault(
            Text(
                f"代替テキスト「{said[:80]}」はファイルの名前で、画像の内容ではありません。",
                f"Its alternative text, “{said[:80]}”, is the name of a file.",
            )
        )
    if (
        plain(said) in _NOTHING or plain(said) in _KINDS or _NUMBERED.match(plain(said))
    ) and not _is_numbered_figure(image):
        return Fault(
            Text(
                f"代替テキスト「{said}」では、何の画像か分かりません。",
                f"Its alternative text, “{said}”, does not say what it shows.",
            )
        )
    return None


def _is_file_name(said: str, name: str) -> bool:
    """Whether a text is its file's name, not only a word that the file is also called by."""
    stem = name.rpartition(".")[0] or name
    if said.casefold() in (name.casefold(), stem.casefold()):
        return bool(_MACHINE_MADE.search(said))
    return False


def _is_numbered_figure(image: Element) -> bool:
    """A figure whose caption tells what “Figure 1” is."""
    figure = image.closest("figure")
    return figure is not None and any(True for _ in figure.elements("figcaption"))


CHECK = Check(
    id="alternative-says-nothing",
    title=Text("何の画像か分からない代替テキスト", "An alternative text that says nothing"),
    help=Text(
        '画像が伝えることを短く alt に書いてください。飾りなら alt="" にします。',
        'Write shortly what the image tells. If it is decoration, write alt="".',
    ),
    criteria=("1.1.1",),
    act=("qt1vmo",),
    applies_to=_applies_to,
    expectation=_expectation,
    good=(
        '<img src="chizu.png" alt="地図">',
        '<img src="line.png" alt="">',
        '<img src="a.png" alt="image" aria-label="The old bridge">',
        '<span role="img" aria-label="smile">☺</span>',
        '<a href="/" aria-label="Home"><svg role="img" aria-label="icon" width="9" height="9"></svg></a>',
        '<img src="paris.jpg" alt="Paris">',
        '<img src="zu1.png" alt="図書館の入り口の写真">',
        '<img src="logo.svg" alt="盛岡市のロゴ">',
        '<figure><img src="z.png" alt="図1"><figcaption>図1 人口の移り変わり</figcaption></figure>',
        '<img src="covid-19.png" alt="COVID-19 vaccine">',
    ),
    bad=(
        '<img src="a.png" alt="画像">',
        '<img src="a.png" alt="写真1">',
        '<img src="DSC_0012.JPG" alt="DSC_0012.JPG">',
        '<img src="top_banner-2.png" alt="top_banner-2">',
        '<a href="/"><img src="a.png" alt="image"></a>',
        '<img src="a.png" alt="spacer">',
        '<img src="a.png" aria-label="photo">',
        '<svg role="img" aria-label="svg" width="9" height="9"><circle r="4"/></svg>',
        '<form><input type="image" src="a.png" alt="button"></form>',
    ),
)
