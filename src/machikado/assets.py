"""Files beside the pages: where they are published, and how a page names them."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from urllib.parse import quote

from machikado.article.recording import FOLDER
from machikado.article.typesetter import Asset, AssetLookup
from machikado.content.locale import Locales


def asset_address(path: str, locales: Locales) -> str:
    """The address of a file at `path` below docs/: its locale's folder becomes the locale's prefix."""
    folder, _, rest = path.partition("/")
    return locales[folder].prefix + rest if folder in locales and rest else f"/{path}"


def published_assets(docs: Path, locales: Locales) -> AssetLookup:
    """Look files up below `docs`; the size of an image is read from its header."""

    @cache
    def look_up(path: str) -> Asset | None:
        # Loaded by the first file that is looked up; most pages have none.
        from PIL import Image, UnidentifiedImageError

        file = docs / path
        if not file.is_file():
            return None
        if path.startswith(f"{FOLDER}/"):
            # Of a recording's files, pages want the sidecar's words; no file of sound is opened.
            told = file.read_text("utf-8", "replace") if file.suffix == ".json" else ""
            return Asset(asset_address(path, locales), None, file.stat().st_size, "", told)
        try:
            with Image.open(file) as image:
                size: tuple[int, int] | None = image.size
                media_type = Image.MIME.get(image.format or "", "")
        except (UnidentifiedImageError, OSError):
            size, media_type = None, ""
        return Asset(asset_address(path, locales), size, file.stat().st_size, media_type)

    return look_up


def theme_asset(folders: Sequence[Path], base_path: str) -> Callable[[str], str]:
    """Name a file of the theme, `*` in its name standing for what its makers change with each version.

    The address carries a digest of the content, so that browsers may keep the file for ever.
    """

    @cache
    def address(pattern: str) -> str:
        for folder in folders:
            for file in sorted(folder.glob(pattern)):
                digest = hashlib.sha256(file.read_bytes()).hexdigest()[:10]
                name = quote(file.relative_to(folder).as_posix())
                return f"{base_path.rstrip('/')}/{name}?v={digest}"
        raise FileNotFoundError(pattern)

    return address
