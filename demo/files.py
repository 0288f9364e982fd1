"""Small files made by code: a picture for evidence, a signed sheet; every byte invented."""

from __future__ import annotations

import struct
import zlib
from functools import lru_cache
from random import Random

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.html import escape

from portal.documents.rendering import to_pdf

WIDTH, HEIGHT = 320, 200
SHEET = """<html lang="zh-hans"><head><meta charset="utf-8"><title>{title}</title><style>
@page {{ size: A4; margin: 40mm 30mm }} body {{ font: 16pt/2 "Noto Serif CJK SC", serif }} h1 {{ text-align: center; font-size: 22pt }}
p {{ text-indent: 2em }} .sign {{ text-align: right; margin-top: 30mm }} </style></head>
<body><h1>{title}</h1><p>{text}</p><p class="sign">（示例签名，虚构）</p></body></html>"""


def picture(name: str, seed: int) -> SimpleUploadedFile:
    """A PNG of a street in flat colours, told from the others by its seed."""
    rng = Random(seed)  # noqa: S311 - a drawing
    houses = [(rng.randrange(0, WIDTH - 40), rng.randrange(50, 120), rng.randrange(24, 70)) for _one in range(7)]
    sky, ground = (198, 214, 226), (176, 168, 150)
    colours = [tuple(rng.randrange(90, 200) for _channel in range(3)) for _house in houses]
    rows = bytearray()
    for line in range(HEIGHT):
        row = bytearray(bytes(sky if line < 150 else ground) * WIDTH)
        for (left, top, width), colour in zip(houses, colours, strict=True):
            if top <= line < 150:
                right = min(left + width, WIDTH)
                row[left * 3 : right * 3] = bytes(colour) * (right - left)
        rows += b"\0" + row
    parts = (
        _chunk(b"IHDR", struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 2, 0, 0, 0)),
        _chunk(b"tEXt", f"Comment\0invented picture {seed}".encode("latin-1")),
        _chunk(b"IDAT", zlib.compress(bytes(rows), 6)),
        _chunk(b"IEND", b""),
    )
    return SimpleUploadedFile(name, b"\x89PNG\r\n\x1a\n" + b"".join(parts), "image/png")


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def sheet(name: str, title: str, text: str) -> SimpleUploadedFile:
    """A PDF of one page; the same words are laid out once per process."""
    return SimpleUploadedFile(name, _laid_out(title, text), "application/pdf")


@lru_cache(maxsize=32)
def _laid_out(title: str, text: str) -> bytes:
    return to_pdf(SHEET.format(title=escape(title), text=escape(text))).pdf
