"""Joining the parts of a site that were built apart, each of some locales, into the whole."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from machikado.incremental.glance import MARK
from machikado.incremental.publication import digest_of, mark_of, tree_digest, write_mark
from machikado.publishing import replacing
from machikado.vocabulary import Text


class MergeError(Exception):
    """The parts do not make one site; `text` says why and what to do."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


def merge(parts: Sequence[Path], site_dir: Path) -> int:
    """Publish the site that the folders `parts` make together; returns the number of its files.

    It is the one that a build of all locales gives. Raises MergeError, and OSError where nothing can
    be written; the published site is as it was then.
    """
    _must_belong_together(parts)
    files: dict[str, tuple[Path, bytes]] = {}
    for part in parts:
        for file in sorted(file for file in part.rglob("*") if file.is_file()):
            name = file.relative_to(part).as_posix()
            if name == MARK:
                continue
            digest = digest_of(file.read_bytes())
            known = files.setdefault(name, (file, digest))
            if known[1] != digest:
                raise MergeError(
                    Text(
                        f"{known[0]} と {file} の内容が違います。同じ原稿と設定から作り直してください。",
                        f"{known[0]} and {file} differ; build the parts anew from the same sources.",
                    )
                )
    with replacing(site_dir) as folder:
        for name, (file, _) in files.items():
            target = folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, target)
        write_mark(folder, tree_digest((name, digest) for name, (_, digest) in files.items()), {})
    return len(files)


def _must_belong_together(parts: Sequence[Path]) -> None:
    marks: list[dict[str, Any]] = []
    for part in parts:
        mark = mark_of(part)
        if "made_from" not in mark:
            raise MergeError(
                Text(
                    f"{part} は、machikado build --locale で作ったフォルダーではありません。",
                    f"{part} was not made by `machikado build --locale`.",
                )
            )
        marks.append(mark)
    for part, mark in zip(parts, marks, strict=True):
        if (mark["of"], mark["made_from"]) != (marks[0]["of"], marks[0]["made_from"]):
            raise MergeError(
                Text(
                    f"{parts[0]} と {part} は、違う原稿、設定、日時から作られています。同じものから作り直してください。",
                    f"{parts[0]} and {part} were made from different sources, settings or times; build them from the same.",
                )
            )
    made = [code for mark in marks for code in mark["locales"]]
    wanted = marks[0]["of"]
    if sorted(made) != wanted:
        missing = sorted({*wanted} - {*made})
        doubled = sorted({code for code in made if made.count(code) > 1})
        raise MergeError(
            Text(
                f"言語がそろっていません（足りない: {', '.join(missing) or 'なし'}、重なっている: {', '.join(doubled) or 'なし'}）。",
                f"The locales do not add up (missing: {', '.join(missing) or 'none'}; twice: {', '.join(doubled) or 'none'}).",
            )
        )
