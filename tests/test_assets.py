from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from PIL import Image

from machikado.article.typesetter import Asset
from machikado.assets import asset_address, published_assets, theme_asset
from small_city import demo

LOCALES = demo().locales


@pytest.mark.parametrize(
    ("path", "address"),
    [
        ("ja/plan/map.png", "/plan/map.png"),
        ("ja-easy/map.png", "/ja-easy/map.png"),
        ("assets/logo.svg", "/assets/logo.svg"),
        ("logo.svg", "/logo.svg"),
        ("en", "/en"),
    ],
)
def test_a_file_is_published_below_the_prefix_of_its_locale(path: str, address: str) -> None:
    assert asset_address(path, LOCALES) == address


def test_an_image_has_a_size_and_any_other_file_has_none(tmp_path: Path) -> None:
    (tmp_path / "en").mkdir()
    Image.new("1", (30, 20)).save(tmp_path / "en/map.png")
    (tmp_path / "en/broken.png").write_bytes(b"\x89PNG\r\n")
    (tmp_path / "plan.pdf").write_bytes(b"%PDF-")
    look_up = published_assets(tmp_path, LOCALES)
    length = (tmp_path / "en/map.png").stat().st_size
    assert look_up("en/map.png") == Asset("/en/map.png", (30, 20), length, "image/png")
    assert look_up("en/broken.png") == Asset("/en/broken.png", None, 6)
    assert look_up("plan.pdf") == Asset("/plan.pdf", None, 5)
    assert look_up("en") is None
    assert look_up("nowhere.png") is None


def test_a_file_of_the_theme_has_an_address_that_changes_with_its_content(tmp_path: Path) -> None:
    own, upstream = tmp_path / "own", tmp_path / "upstream"
    for folder, content in ((own, "own"), (upstream, "theirs")):
        folder.mkdir()
        (folder / "x.css").write_text(content)
    (upstream / "main.0a1b.css").write_text("main")

    def digest(content: str) -> str:
        return hashlib.sha256(content.encode()).hexdigest()[:10]

    address = theme_asset([own, upstream], "/base/")
    assert address("x.css") == f"/base/x.css?v={digest('own')}"
    assert address("main.*.css") == f"/base/main.0a1b.css?v={digest('main')}"
    with pytest.raises(FileNotFoundError, match="nowhere"):
        address("nowhere.css")
