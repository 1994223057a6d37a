"""Pictures are made to fit each network, and tell nothing that a camera wrote into them."""

from __future__ import annotations

import io
import random

import pytest
from PIL import Image

from machikado.social.network import NETWORKS, PictureLimit
from machikado.social.picture import PictureError, fitted


def noise(width: int, height: int, form: str, mode: str = "RGB") -> bytes:
    """A picture that cannot be packed."""
    data = random.Random(1).randbytes(width * height * len(mode))  # noqa: S311
    written = io.BytesIO()
    Image.frombytes(mode, (width, height), data).save(written, form)
    return written.getvalue()


def limit_of(network: str) -> PictureLimit:
    limit = NETWORKS[network].picture
    assert limit is not None
    return limit


@pytest.mark.parametrize("network", ["bluesky", "mastodon", "x"])
def test_a_picture_of_twenty_megabytes_is_made_to_fit(network: str) -> None:
    data = noise(2_700, 2_600, "BMP")
    assert len(data) > 20_000_000
    limit = limit_of(network)
    picture = fitted(data, "説明", limit)
    assert len(picture.data) <= limit.most_bytes
    assert max(picture.width, picture.height) <= limit.most_side
    with Image.open(io.BytesIO(picture.data)) as image:
        assert image.size == (picture.width, picture.height)


def test_where_a_photograph_was_taken_is_not_told_and_it_stands_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    exif.get_ifd(0x8825)[2] = (39.0, 42.0, 7.0)
    written = io.BytesIO()
    Image.new("RGB", (60, 20), "white").save(written, "JPEG", exif=exif)
    picture = fitted(written.getvalue(), "", limit_of("x"))
    assert (picture.width, picture.height) == (20, 60)
    with Image.open(io.BytesIO(picture.data)) as image:
        assert dict(image.getexif()) == {}


def test_what_can_be_seen_through_stands_on_white_where_it_must_be_packed() -> None:
    limit = PictureLimit(20_000, 2000, 1000)
    picture = fitted(noise(300, 300, "PNG", "RGBA"), "", limit)
    assert picture.media_type == "image/jpeg"
    assert len(picture.data) <= 20_000
    small = io.BytesIO()
    Image.new("RGBA", (10, 10), (0, 0, 0, 0)).save(small, "PNG")
    assert fitted(small.getvalue(), "", limit).media_type == "image/png"


def test_a_drawing_stays_one_and_a_photograph_stays_one() -> None:
    for form, media_type in (("PNG", "image/png"), ("JPEG", "image/jpeg")):
        data = noise(60, 40, form)
        assert fitted(data, "", limit_of("mastodon")).media_type == media_type


def test_words_beyond_the_limit_are_cut_and_show_it() -> None:
    small = io.BytesIO()
    Image.new("RGB", (10, 10)).save(small, "PNG")
    assert fitted(small.getvalue(), "説" * 1_200, limit_of("x")).alt == "説" * 999 + "…"


@pytest.mark.parametrize("data", [b"", b"<svg/>", noise(40, 40, "PNG")[:200], b"\x89PNG\r\n\x1a\n"])
def test_what_is_no_picture_is_told_in_words(data: bytes) -> None:
    with pytest.raises(PictureError) as broken:
        fitted(data, "", limit_of("x"))
    assert "PNG か JPEG" in broken.value.text.ja
