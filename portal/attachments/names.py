"""File names as people send them, made harmless: for our list, for a header, for their disk."""

from __future__ import annotations

import re
import unicodedata

LONGEST = 120
# What Windows refuses, path separators among it; Cc and Cf cover control signs and those that turn the
# direction of writing (a name like «决定\u202efdp.exe» would read «决定exe.pdf»).
_REFUSED = re.compile(r'[<>:"/\\|?*]')
_RESERVED = re.compile(r"^(con|prn|aux|nul|com\d|lpt\d)$", re.IGNORECASE)


def clean_name(given: str) -> str:
    """A name without path, control and direction signs, at most 120 characters, with its extension kept."""
    name = unicodedata.normalize("NFC", given).replace("\\", "/").rsplit("/", 1)[-1]
    name = "".join(sign for sign in name if unicodedata.category(sign) not in {"Cc", "Cf", "Cs", "Co", "Cn"})
    name = " ".join(_REFUSED.sub("_", name).split()).strip(". ")
    stem, dot, extension = name.rpartition(".")
    if not dot:
        stem, extension = name, ""
    stem = stem.strip(". ") or "附件"
    if _RESERVED.match(stem):
        stem = f"_{stem}"
    room = LONGEST - len(extension) - 1
    return f"{stem[:room].rstrip('. ')}.{extension.strip()}" if extension else stem[:LONGEST]


def extension_of(name: str) -> str:
    """The extension with its dot, in lower case; empty when there is none."""
    _stem, dot, extension = name.rpartition(".")
    return f".{extension.lower()}" if dot else ""
