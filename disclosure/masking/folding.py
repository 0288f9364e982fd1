"""Makes full-width and look-alike characters comparable, one for one, so that offsets stay exact."""

from __future__ import annotations

from string import ascii_lowercase, ascii_uppercase
from typing import Final

# Full-width ASCII (！ to ～) stands 0xFEE0 above its half-width twin.
_WIDE: Final = {0xFEE0 + code: chr(code) for code in range(0x21, 0x7F)}
_SPACES: Final = "\u00a0\u1680\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\t"
_DASHES: Final = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d"
_INVISIBLE: Final = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_DOTS: Final = "•・‧∙⋅．｡･"
_BRACKETS: Final = {"〔": "[", "【": "[", "〖": "[", "〕": "]", "】": "]", "〗": "]"}

TABLE: Final = str.maketrans(
    {
        **_WIDE,
        **{ord(space): " " for space in _SPACES},
        **{ord(dash): "-" for dash in _DASHES},
        **{ord(mark): "\u200b" for mark in _INVISIBLE},
        **{ord(dot): "·" for dot in _DOTS},
        **{ord(bracket): plain for bracket, plain in _BRACKETS.items()},
        # A full-width comma ends a clause; only a half-width one can stand inside an amount.
        ord("，"): ";",
    }
)

_CAPITALS: Final = str.maketrans(ascii_lowercase, ascii_uppercase)

# Between a cue («身份证») and the number it announces: a remark in brackets, «号码», a colon.
GLUE: Final = r"》?(?:\([^()\n]{0,8}\))?\(?(?:号码|号|编号|证号|账号)?[:为是系]? {0,2}"

# What may stand between the digits of one number: blanks, invisible marks and hyphens.
SEPARATOR: Final = "[ \u200b-]{0,2}"


def fold(text: str) -> str:
    """The text with half-width digits, letters and signs; as long as the original, so positions are the same."""
    return text.translate(TABLE)


def bare(token: str) -> str:
    """The folded token without the separators inside it, in capitals."""
    return "".join(character for character in fold(token).translate(_CAPITALS) if character not in " \u200b-\r\n")
