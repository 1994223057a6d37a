"""The self-evaluation (取組確認・評価表) of 総務省 みんなの公共サイト運用ガイドライン: /20 for the body, /30 for the site.

Its items are data, evaluation.csv, which says where they were read; the answers are staff's own,
`a11y_tests/evaluation.yml`. No point is ever given by the program.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib.resources import files

from machikado.conformance.sheet import FOLDER, Faults, Part, open_sheet
from machikado.content.tree import Tree
from machikado.vocabulary import Text

FILE = f"{FOLDER}/evaluation.yml"
PARTS = {
    "organisation": Text("団体全体としての取組", "Efforts of the body as a whole"),
    "site": Text("個々のホームページ等の取組", "Efforts for this website"),
}


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the form. is_group: it stands for a group whose items could not be read."""

    id: str
    part: str
    group: Text
    name: Text
    points: int
    is_group: bool


@dataclass(frozen=True, slots=True)
class Mark:
    """What staff wrote for one item: points, and what is done."""

    points: int
    doing: Text


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The answers. day: when the efforts were looked at (取組内容確認日)."""

    day: date | None = None
    marks: Mapping[str, Mark] = field(default_factory=dict)

    def total(self, part: str) -> int | None:
        """The points of a part, or None while an item of it has none."""
        ours = [item.id for item in items() if item.part == part]
        if not all(one in self.marks for one in ours):
            return None
        return sum(self.marks[one].points for one in ours)


@cache
def items() -> tuple[Item, ...]:
    """The lines of the form, in its order."""
    text = (files(__package__) / "evaluation.csv").read_text("utf-8")
    rows = csv.DictReader(row for row in text.splitlines() if not row.startswith("#"))
    return tuple(
        Item(
            row["id"],
            row["part"],
            Text(row["group_ja"], row["group_en"]),
            Text(row["item_ja"], row["item_en"]),
            int(row["points"]),
            row["is_group"] == "yes",
        )
        for row in rows
    )


def points_of(some: Iterable[Item]) -> int:
    return sum(item.points for item in some)


def read_evaluation(tree: Tree) -> Evaluation:
    """The answers of a project; empty where it has none. Raises FaultsError with all that is wrong."""
    if not tree.exists(FILE):
        return Evaluation()
    faults = Faults()
    sheet = open_sheet(tree.read(FILE), FILE, faults)
    evaluation = _evaluation(sheet) if sheet else Evaluation()
    faults.must_be_none()
    return evaluation


def _evaluation(sheet: Part) -> Evaluation:
    known = {item.id: item for item in items()}
    keys = sheet.keys(("day", *known))
    marks = {}
    for key, part in keys.items():
        if key == "day":
            continue
        inner = part.keys(("points", "doing"), ("points", "doing"))
        points = inner["points"].number(0, known[key].points) if "points" in inner else None
        if points is not None and "doing" in inner:
            marks[key] = Mark(points, inner["doing"].both())
    day = keys["day"].day() if "day" in keys else None
    if marks and "day" not in keys:
        sheet.wrong(
            "day（取組内容確認日）も書いてください。", "`day` is needed: when this was looked at."
        )
    return Evaluation(day, marks)
