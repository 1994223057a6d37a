from __future__ import annotations

import re
from itertools import product

import pytest

from small_city import ROOT

STYLES = ROOT / "overrides/assets/stylesheets"
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
TOKEN = re.compile(r"--mk-([a-z0-9-]+):\s*(#[0-9a-f]{6})\s*;", re.IGNORECASE)

Tokens = dict[str, str]


def css(name: str) -> str:
    return COMMENT.sub("", (STYLES / name).read_text(encoding="utf-8"))


def body_of(text: str, start: str) -> str:
    """What stands between the braces after `start`, with the braces inside it."""
    begin = text.index("{", text.index(start)) + 1
    depth = 1
    for position in range(begin, len(text)):
        depth += {"{": 1, "}": -1}.get(text[position], 0)
        if not depth:
            return text[begin:position]
    raise ValueError(f"{start} is never closed")


def tokens_of(block: str) -> Tokens:
    return dict(TOKEN.findall(block))


BY_DEVICE = tokens_of(body_of(css("tokens.css"), "(prefers-color-scheme: dark)"))
"""What a device that is set to dark gives, without any choice of the reader's."""
CHOICES = re.findall(r'\[data-theme="([a-z-]+)"\] \{', css("tokens.css"))
BLOCKS = {
    name: body_of(css("tokens.css"), f'[data-theme="{name}"] {{') for name in dict.fromkeys(CHOICES)
}
THEMES = {name: tokens_of(block) for name, block in BLOCKS.items() if name != "auto"}
LIGHT = THEMES["light"]


def luminance(colour: str) -> float:
    """Relative luminance, from 0 to 1 (WCAG 2.2, definition of 'relative luminance')."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio, from 1 to 21 (WCAG 2.2, definition of 'contrast ratio')."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_the_formula_gives_known_ratios() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#ffffff", "#ffffff") == pytest.approx(1)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.005)


LINKS = ("link", "link-visited", "link-hover")
TEXT = [
    *product(("ink", "ink-soft", *LINKS, "accent"), ("paper", "surface")),
    *product(("ink", "ink-soft", *LINKS), ("notice-ground",)),
    *product(("ink", *LINKS), ("danger-ground",)),
    ("on-accent", "accent"),
]
EDGES = [
    *product(("control", "accent"), ("paper", "surface")),
    *product(("notice-edge",), ("paper", "notice-ground")),
    *product(("danger-edge",), ("paper", "danger-ground")),
    *product(("chart-edge",), ("paper", "chart-3")),
    ("chart-1", "paper"),
    ("chart-4", "paper"),
    ("chart-2-line", "chart-2"),
]
GROUNDS = ("paper", "surface", "notice-ground", "danger-ground", "accent")


@pytest.mark.parametrize(("text", "ground"), TEXT)
@pytest.mark.parametrize("theme", THEMES)
def test_text_stands_out_from_its_ground(theme: str, text: str, ground: str) -> None:
    """WCAG 2.2, success criterion 1.4.6 (JIS X 8341-3:2016 1.4.6, level AAA): 7:1."""
    assert contrast(THEMES[theme][text], THEMES[theme][ground]) >= 7


@pytest.mark.parametrize(("edge", "ground"), EDGES)
@pytest.mark.parametrize("theme", THEMES)
def test_edges_and_parts_of_charts_stand_out_from_their_ground(
    theme: str, edge: str, ground: str
) -> None:
    """WCAG 2.2, success criterion 1.4.11: 3:1."""
    assert contrast(THEMES[theme][edge], THEMES[theme][ground]) >= 3


@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("theme", THEMES)
def test_one_of_the_two_colours_of_the_focus_ring_shows_on_any_ground(
    theme: str, ground: str
) -> None:
    colours = THEMES[theme]
    ring = [colours["focus-inner"], colours["focus-outer"]]
    assert max(contrast(colour, colours[ground]) for colour in ring) >= 3


@pytest.mark.parametrize("theme", THEMES)
def test_the_two_colours_of_the_focus_ring_show_beside_each_other(theme: str) -> None:
    assert contrast(THEMES[theme]["focus-inner"], THEMES[theme]["focus-outer"]) >= 3


def test_these_are_the_themes_that_a_reader_may_choose() -> None:
    assert set(THEMES) == {
        *("light", "dark", "black-on-white", "white-on-black"),
        *("yellow-on-black", "white-on-navy", "black-on-cream"),
    }


@pytest.mark.parametrize("theme", THEMES)
def test_a_theme_assigns_every_colour_and_nothing_else(theme: str) -> None:
    assert set(THEMES[theme]) == set(LIGHT)
    properties = re.findall(r"([\w-]+)\s*:", BLOCKS[theme])
    assert [name for name in properties if not name.startswith("--mk-")] == ["color-scheme"]
    assert len(properties) == len(LIGHT) + 1


def test_no_component_asks_which_theme_is_chosen() -> None:
    asked = re.findall(r"[^\s{},]*\[data-theme[^{]*", css("machikado.css"))
    assert [selector.strip() for selector in asked] == [".sample[data-theme]"]


def test_a_dark_device_and_the_choice_of_dark_give_the_same_colours() -> None:
    assert THEMES["dark"] == BY_DEVICE


@pytest.mark.parametrize(
    ("theme", "text", "ground", "ratio"),
    [
        ("black-on-white", "#000000", "#ffffff", 21.0),
        ("white-on-black", "#ffffff", "#000000", 21.0),
        ("yellow-on-black", "#ffff00", "#000000", 19.6),
        ("white-on-navy", "#ffffff", "#003366", 12.6),
        ("black-on-cream", "#000000", "#fffbe8", 20.2),
    ],
)
def test_a_theme_is_what_its_name_says(theme: str, text: str, ground: str, ratio: float) -> None:
    assert (THEMES[theme]["ink"], THEMES[theme]["paper"]) == (text, ground)
    assert contrast(text, ground) == pytest.approx(ratio, abs=0.05)


@pytest.mark.parametrize("theme", [name for name in THEMES if "-on-" in name])
def test_parts_of_a_chart_that_touch_are_told_apart_in_themes_of_two_colours(theme: str) -> None:
    assert contrast(THEMES[theme]["chart-1"], THEMES[theme]["chart-4"]) >= 3


def test_every_token_that_a_component_uses_is_assigned() -> None:
    assigned = set(re.findall(r"(--mk-[a-z0-9-]+)\s*:", css("tokens.css")))
    used = set(re.findall(r"var\((--mk-[a-z0-9-]+)", css("machikado.css") + css("tokens.css")))
    assert used - assigned == set()
    assert assigned - used == set()


HEX_OR_FUNCTION = re.compile(
    r"#[0-9a-f]{3,8}\b|\b(?:rgba?|hsla?|hwb|lab|lch|oklab|oklch|color)\(", re.I
)
NAMED = re.compile(
    r":[^;{}]*(?<![\w-])(black|white|gr[ae]y|silver|red|maroon|green|lime|blue|navy|purple|yellow|orange|"
    r"gold|brown|pink|teal|cyan|magenta|crimson|beige|ivory|indigo|violet)(?![\w-])",
    re.IGNORECASE,
)  # fmt: skip


def test_components_know_no_colour_of_their_own() -> None:
    text = css("machikado.css")
    screen = text.replace(body_of(text, "@media print"), "")
    assert HEX_OR_FUNCTION.findall(screen) == []
    assert NAMED.findall(screen) == []


@pytest.mark.parametrize(
    "feature", ["prefers-reduced-motion: reduce", "forced-colors: active", "print"]
)
def test_the_readers_own_settings_are_answered(feature: str) -> None:
    assert re.search(rf"@media \(?{re.escape(feature)}\)? \{{", css("machikado.css"))
    assert "@media (prefers-contrast: more)" in css("tokens.css")


def test_paper_is_black_on_white_whatever_the_theme_of_the_screen() -> None:
    printed = body_of(body_of(css("machikado.css"), "@media print"), ":root")
    written = dict(re.findall(r"--mk-([a-z0-9-]+):\s*(#[0-9a-f]{3})\b", printed))
    paper = {
        name: "#" + "".join(2 * digit for digit in short[1:]) for name, short in written.items()
    }
    for text, ground in TEXT:
        assert contrast(paper[text], paper[ground]) == pytest.approx(21), (text, ground)
