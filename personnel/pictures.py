"""Pictures of an officer, taken apart and drawn anew: no metadata, no hidden content, a known size."""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass

from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

LARGEST_BYTES = 5 * 1024 * 1024
MOST_PIXELS = 40_000_000
PHOTO = (413, 579)  # 35 mm × 49 mm at 300 dpi, the two-inch photograph of certificates
PROOF = (2000, 2000)
SMALLEST_SIDE = 100
KINDS = ("JPEG", "PNG")


class PictureRefusedError(ValueError):
    """The file is not taken; says why and what to do."""


@dataclass(frozen=True)
class Picture:
    """A picture as it is kept: JPEG, without metadata."""

    content: bytes
    width: int
    height: int


def redraw(content: bytes, within: tuple[int, int]) -> Picture:
    """The picture decoded and encoded anew as JPEG, turned upright, not larger than `within` pixels.

    Judged by its content, never by its name. Raises PictureRefusedError for anything but a whole JPEG
    or PNG of bearable size.
    """
    if len(content) > LARGEST_BYTES:
        raise PictureRefusedError(_("图片超过 %(most)d MB。请缩小后再上传。") % {"most": LARGEST_BYTES >> 20})
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(content), formats=KINDS) as opened:
                _check_size(opened)
                _check_whole(opened, content)
                opened.load()
                upright = ImageOps.exif_transpose(opened)
                plain = _on_white(upright)
    except UnidentifiedImageError:
        raise PictureRefusedError(_("这不是 JPEG 或者 PNG 图片。请另存为 JPG 后再上传。")) from None
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        if isinstance(error, PictureRefusedError):
            raise
        raise PictureRefusedError(_("图片不完整或者已损坏。请重新导出后再上传。")) from error
    plain.thumbnail(within, Image.Resampling.LANCZOS)
    out = io.BytesIO()
    plain.save(out, "JPEG", quality=88, optimize=True)
    return Picture(out.getvalue(), plain.width, plain.height)


def _check_size(opened: Image.Image) -> None:
    if opened.width * opened.height > MOST_PIXELS:
        raise PictureRefusedError(
            _("图片有 %(width)d × %(height)d 像素，太大了。请缩小后再上传。")
            % {"width": opened.width, "height": opened.height}
        )
    if min(opened.width, opened.height) < SMALLEST_SIDE:
        raise PictureRefusedError(
            _("图片只有 %(width)d × %(height)d 像素，看不清。每边至少 %(least)d 像素。")
            % {"width": opened.width, "height": opened.height, "least": SMALLEST_SIDE}
        )


def _check_whole(opened: Image.Image, content: bytes) -> None:
    """The end mark follows the last piece of the picture.

    Not left to the decoder: the PDF library tells Pillow, for the whole process, to draw half pictures.
    """
    last, end = (b"\xff\xda", b"\xff\xd9") if opened.format == "JPEG" else (b"IDAT", b"IEND")
    if content.rfind(end) < content.rfind(last):
        raise OSError("the picture ends before its end")


def _on_white(opened: Image.Image) -> Image.Image:
    """Three plain colours; what is transparent becomes white."""
    if opened.mode in {"RGBA", "LA"} or "transparency" in opened.info:
        clear = opened.convert("RGBA")
        ground = Image.new("RGBA", clear.size, "white")
        return Image.alpha_composite(ground, clear).convert("RGB")
    plain = opened.convert("RGB")
    return Image.frombytes("RGB", plain.size, plain.tobytes())
