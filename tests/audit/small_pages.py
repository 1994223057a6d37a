"""Small pages without a fault of their own, and a site without a page."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from machikado.content.locale import Locale, Locales
from machikado.content.site import MemorySite

JA = Locale("ja", "ja", "日本語", "ja", "ja", is_default=True)
EN = Locale("en", "en", "English", "en", "en")
EMPTY_SITE = MemorySite(Locales((JA, EN)), ())


def document(body: str, head: str = "") -> str:
    """A whole page around `body`."""
    return (
        f'<!doctype html><html lang="ja"><head><meta charset="utf-8"><title>見本</title>'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">{head}</head>'
        f"<body><main>{body}</main></body></html>"
    )


def write_site(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    """Write files by their names below `folder`."""
    for name, content in files.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content.encode() if isinstance(content, str) else content)
    return folder
