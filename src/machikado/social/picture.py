"""A picture made to fit a network: turned upright, made smaller, without what a camera wrote into it."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from machikado.social.network import Picture, PictureLimit
from machikado.vocabulary import Text

if TYPE_CHECKING:
    from PIL import Image

MOST_PIXELS = 100_000_000
"""More than any camera makes; a picture of more is refused before it is unpacked."""
_QUALITIES = (88, 80, 70, 60, 50)
_SHRINK = 0.75


class PictureError(ValueError):
    """The picture cannot be sent; `text` says why."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


def fitted(data: bytes, alt: str, limit: PictureLimit) -> Picture:
    """The picture within `limit`, as it is where it fits, else as JPEG; alt cut at the limit's end.

    Raises PictureError for what is no picture, is broken, or unpacks to more than `MOST_PIXELS`.
    """
    # Pillow is heavy, and most notices have no picture.
    from PIL import Image as Images
    from PIL import ImageOps, UnidentifiedImageError

    try:
        with Images.open(io.BytesIO(data)) as opened:
            if opened.width * opened.height > MOST_PIXELS:
                raise PictureError(
                    Text(
                        f"画像が大きすぎます（{opened.width}×{opened.height}ピクセル）。小さくしてください。",
                        f"The picture is too large ({opened.width}×{opened.height} pixels); make it smaller.",
                    )
                )
            is_png = opened.format == "PNG"
            # Encoded anew in any case: where and when a photograph was taken is nobody's business.
            image = ImageOps.exif_transpose(opened)
            image.load()
    except (UnidentifiedImageError, OSError, SyntaxError, Images.DecompressionBombError):
        raise PictureError(
            Text(
                "画像として読み取れません。PNG か JPEG で保存し直してください。",
                "This cannot be read as a picture; save it again as PNG or JPEG.",
            )
        ) from None
    image.thumbnail((limit.most_side, limit.most_side))
    words = alt if len(alt) <= limit.most_alt else alt[: limit.most_alt - 1] + "…"
    if is_png or image.mode in ("1", "L", "P", "RGBA", "LA"):
        png = io.BytesIO()
        (image if image.mode != "LA" else image.convert("RGBA")).save(png, "PNG", optimize=True)
        if len(png.getvalue()) <= limit.most_bytes:
            return Picture(png.getvalue(), "image/png", image.width, image.height, words)
    flat = _on_white(image)
    while True:
        for quality in _QUALITIES:
            jpeg = io.BytesIO()
            flat.save(jpeg, "JPEG", quality=quality, optimize=True)
            if len(jpeg.getvalue()) <= limit.most_bytes:
                return Picture(jpeg.getvalue(), "image/jpeg", flat.width, flat.height, words)
        flat = flat.resize((max(1, int(flat.width * _SHRINK)), max(1, int(flat.height * _SHRINK))))


def _on_white(image: Image.Image) -> Image.Image:
    """The picture without transparency, which JPEG has not; on white, as on a page."""
    from PIL import Image as Images

    if "A" not in image.getbands() and "transparency" not in image.info:
        return image.convert("RGB")
    above = image.convert("RGBA")
    below = Images.new("RGBA", above.size, "white")
    below.alpha_composite(above)
    return below.convert("RGB")
