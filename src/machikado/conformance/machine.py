"""What an audit found, read back from the JSON that `machikado audit --format json` writes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, NoReturn

from machikado.vocabulary import (
    SCHEMA,
    ConfigurationError,
    Finding,
    Location,
    Outcome,
    Problem,
    Report,
    State,
    Text,
    Weight,
)


def read_machine(text: str, file: str) -> Report:
    """The report in `text`. Raises ConfigurationError for what is no result of `machikado audit`."""
    try:
        data = json.loads(text)
    except ValueError:
        _wrong(
            file,
            "JSON として読み取れません。machikado audit --format json の出力を指定してください。",
            "This is not JSON. Give the output of machikado audit --format json.",
        )
    if not isinstance(data, dict) or data.get("schema") != SCHEMA:
        _wrong(
            file,
            f"machikado audit の結果（schema {SCHEMA}）ではありません。"
            "machikado audit --format json で作り直してください。",
            f"This is no result of machikado audit (schema {SCHEMA}). Make it anew with "
            "machikado audit --format json.",
        )
    try:
        applicable = {str(k): int(v) for k, v in (data.get("applicable") or {}).items()}
        audited = tuple(str(page) for page in data.get("pages_audited") or ())
        part, parts = data.get("shard") or (1, 1)
        return Report(
            int(data["pages"]),
            tuple(_finding(one) for one in data["findings"]),
            tuple(Problem(one["page"], Text(**one["message"])) for one in data["errors"]),
            audited,
            applicable,
            (int(part), int(parts)),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        _wrong(
            file,
            f"結果の中身が足りないか、形が違います（{error}）。machikado audit --format json で作り直してください。",
            f"Something of the result is missing or misshapen ({error}). Make it anew with "
            "machikado audit --format json.",
        )


def _finding(data: Mapping[str, Any]) -> Finding:
    return Finding(
        data["check"],
        Text(**data["message"]),
        Text(**data["help"]),
        data["page"],
        source=Location(**data["source"]) if data.get("source") else None,
        outcome=Outcome(data["outcome"]),
        weight=Weight(data["weight"]),
        engine=data["engine"],
        criteria=tuple(data["criteria"]),
        level=data.get("level"),
        act=tuple(data.get("act") or ()),
        locale=data.get("locale"),
        theme=data.get("theme"),
        viewport=data.get("viewport"),
        state=State(**(data.get("state") or {})),
        selector=data.get("selector"),
        html=data.get("html"),
        waived=data.get("waived"),
    )


def _wrong(file: str, ja: str, en: str) -> NoReturn:
    raise ConfigurationError(file, Text(ja, en))
