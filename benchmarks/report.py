"""The report of a benchmark: a table in Markdown and a bar chart in SVG."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.etree.ElementTree import Element, SubElement, indent, tostring

COLD = "cold"
EDIT = "one body edited"


@dataclass(frozen=True)
class Row:
    """One case of one tool. pages: HTML pages of the site; cpu, wall: seconds, medians of `runs`;
    memory: bytes, the largest; failure: why there are no figures."""

    tool: str
    case: str
    pages: int = 0
    cpu: float = 0.0
    wall: float = 0.0
    memory: int = 0
    runs: int = 0
    failure: str = ""

    def __str__(self) -> str:
        name = f"{self.tool}, {self.case}"
        if self.failure:
            return f"{name}: {self.failure}"
        return f"{name}: {self.wall:.2f} s, CPU {self.cpu:.2f} s, {self.memory / 2**20:.0f} MB, {self.pages} pages"


@dataclass(frozen=True)
class Facts:
    """What was measured on. pages, sources: by size, the main one first; memory: bytes;
    others: share of the processors used by anything else, None where unknown."""

    pages: Sequence[int]
    locales: int
    sources: Sequence[int]
    cores: int
    memory: int
    others: float | None
    versions: Mapping[str, str]


def write_report(folder: Path, facts: Facts, rows: Sequence[Sequence[Row]]) -> None:
    """Write results.md and results.svg; rows: by size, in the order of `facts.pages`."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "results.md").write_text(markdown(facts, rows), encoding="utf-8")
    (folder / "results.svg").write_bytes(chart(facts, rows[0]))


def markdown(facts: Facts, rows: Sequence[Sequence[Row]]) -> str:
    """The report as Markdown."""
    return "\n".join(_lines(facts, rows))


def _lines(facts: Facts, rows: Sequence[Sequence[Row]]) -> Iterator[str]:
    yield "# Benchmark results"
    yield ""
    yield "Written by `make bench`; README.md beside this file says what is measured and how."
    yield ""
    yield f"- Machine: {facts.cores} cores, {facts.memory / 2**30:.0f} GB of memory"
    yield f"- Versions: {', '.join(f'{name} {number}' for name, number in facts.versions.items())}"
    if facts.others is not None:
        yield (
            f"- Other work was running on the machine meanwhile: it used {facts.others:.0%} of the processors."
            if facts.others >= 0.05
            else "- Next to nothing else was running."
        )
    yield "- Seconds are this machine's; only the ratios mean something elsewhere."
    yield ""
    yield "![Bar chart of wall seconds; the table below has the same figures](results.svg)"
    for pages, sources, group in zip(facts.pages, facts.sources, rows, strict=True):
        yield ""
        yield f"## {pages:,} pages × {facts.locales} locales ({sources:,} sources)"
        yield ""
        yield from _table(group)
    yield ""
    yield from _growth(facts, rows)
    yield ""
    yield "## What the figures are"
    yield ""
    yield "- Each run is a process of its own with all that it starts. Seconds are medians of the runs; peak memory is that of the largest single process."
    yield "- Pages a second: pages of the finished site by wall seconds. A case other than “cold” is compared with Hugo after a body edit, since Hugo renders the whole site again each time."
    yield "- Machikado checks every source before it builds; no other tool here does. Hugo writes the same feeds (Atom, RSS, JSON), a sitemap and an index for search, but does not fold the index's kana."
    yield "- MkDocs is Material and static-i18n as they come: with a search index, the whole navigation, and a page in the default language where a translation is missing. Tuned it has `navigation.prune`, `fallback_to_default: false`, `reconfigure_search: false` and no search, that is nothing whose cost grows with the square of the pages. It has no feeds, no explained terms and no generated lists."
    yield "- Zensical has one language a site: it builds the Japanese pages alone, with its search index, without feeds. Its ratios are left out, for it does less."
    yield ""


def _table(rows: Sequence[Row]) -> Iterator[str]:
    yield "| Tool | Case | Pages | CPU s | Wall s | Peak MB | Pages/s | Runs | CPU ÷ Hugo | Wall ÷ Hugo | CPU ÷ MkDocs | Wall ÷ MkDocs |"
    yield "|---|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|"
    mkdocs = _find(rows, "MkDocs", COLD)
    for row in rows:
        if row.failure:
            yield f"| {row.tool} | {row.case} | {row.failure} | | | | | | | | | |"
            continue
        hugo = _find(rows, "Hugo", COLD if row.case.startswith(COLD) else EDIT)
        figures = [
            *(row.tool, row.case, f"{row.pages:,}", f"{row.cpu:.2f}", f"{row.wall:.2f}"),
            *(f"{row.memory / 2**20:.0f}", f"{row.pages / row.wall:.0f}", str(row.runs)),
            *_ratios(row, hugo),
            *_ratios(row, mkdocs),
        ]
        yield f"| {' | '.join(figures)} |"


def _ratios(row: Row, other: Row | None) -> tuple[str, str]:
    if other is None or row.tool.startswith("Zensical"):
        return "–", "–"
    return f"{row.cpu / other.cpu:.2f}", f"{row.wall / other.wall:.2f}"


def _growth(facts: Facts, rows: Sequence[Sequence[Row]]) -> Iterator[str]:
    if len(rows) < 2:
        return
    yield f"## Growth from {facts.pages[1]:,} to {facts.pages[0]:,} pages"
    yield ""
    yield "| Tool | Sources × | CPU × | Wall × | Peak memory × |"
    yield "|---|--:|--:|--:|--:|"
    for tool in dict.fromkeys(row.tool for row in rows[1]):
        large, small = _find(rows[0], tool, COLD), _find(rows[1], tool, COLD)
        if large and small:
            growth = (
                facts.sources[0] / facts.sources[1],
                large.cpu / small.cpu,
                large.wall / small.wall,
                large.memory / small.memory,
            )
            yield f"| {tool} | {' | '.join(f'{value:.1f}' for value in growth)} |"


def _find(rows: Sequence[Row], tool: str, case: str) -> Row | None:
    return next((r for r in rows if (r.tool, r.case) == (tool, case) and not r.failure), None)


# Chart ------------------------------------------------------------------------------------------

WIDTH, LEFT, RIGHT, STEP, TOP = 760, 270, 90, 30, 60


def chart(facts: Facts, rows: Sequence[Row]) -> bytes:
    """Wall seconds as bars, each with its name and its figure as text; all of it also in words."""
    height = TOP + STEP * len(rows) + 16
    svg = Element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "viewBox": f"0 0 {WIDTH} {height}",
            "role": "img",
            "aria-labelledby": "title desc",
            "font-family": "sans-serif",
            "font-size": "14",
        },
    )
    title = f"Wall seconds of a build: {facts.pages[0]:,} pages × {facts.locales} locales"
    SubElement(svg, "title", {"id": "title"}).text = title
    SubElement(svg, "desc", {"id": "desc"}).text = "; ".join(_said(row) for row in rows)
    SubElement(svg, "rect", {"width": str(WIDTH), "height": str(height), "fill": "#fff"})
    _text(svg, 16, 28, title, weight="bold")
    longest = max((row.wall for row in rows), default=0) or 1
    for number, row in enumerate(rows):
        top = TOP + number * STEP
        _text(svg, LEFT - 10, top + 16, f"{row.tool}: {row.case}", anchor="end")
        if row.failure:
            _text(svg, LEFT, top + 16, row.failure)
            continue
        length = max(1.0, (WIDTH - LEFT - RIGHT) * row.wall / longest)
        box = {"x": str(LEFT), "y": str(top), "width": f"{length:.1f}", "height": "22"}
        # This project's bars differ by an outline as well as by colour (WCAG 1.4.1).
        own = {"fill": "#1b5e9e", "stroke": "#111", "stroke-width": "2"}
        SubElement(svg, "rect", box | (own if row.tool == "Machikado" else {"fill": "#767676"}))
        _text(svg, LEFT + length + 8, top + 16, f"{row.wall:.2f} s")
    indent(svg)
    data: bytes = tostring(svg, encoding="utf-8", xml_declaration=True)
    return data + b"\n"


def _said(row: Row) -> str:
    return f"{row.tool}, {row.case}: {row.failure or f'{row.wall:.2f} seconds'}"


def _text(
    svg: Element, x: float, y: float, text: str, anchor: str = "start", weight: str = "normal"
) -> None:
    place = {"x": f"{x:.1f}", "y": f"{y:.1f}", "text-anchor": anchor, "font-weight": weight}
    SubElement(svg, "text", place | {"fill": "#111"}).text = text
