"""Verification codes: twelve signs, eleven by chance and one that betrays a typing error."""

from __future__ import annotations

import secrets
import unicodedata

from django.utils.translation import gettext as _

# No 0/O, 1/I/L, 8/B, U/V: what is misread on paper is not in the alphabet. Twenty-nine signs, a prime,
# so that the weighted sum finds every single wrong sign and every exchange of two signs.
ALPHABET = "23456789ACDEFGHJKMNPQRSTVWXYZ"
LENGTH = 12
_VALUE = {sign: position for position, sign in enumerate(ALPHABET)}


def new_code() -> str:
    """A fresh code, 53 bits of chance: it cannot be guessed from another one."""
    body = "".join(secrets.choice(ALPHABET) for _position in range(LENGTH - 1))
    return body + _check_sign(body)


def normalise(typed: str) -> str:
    """What was typed, without blanks and dashes, in half-width capitals."""
    half = unicodedata.normalize("NFKC", typed).upper()
    return "".join(sign for sign in half if sign.isalnum())


def spaced(code: str) -> str:
    """The code as printed: three groups of four."""
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))


def code_error(typed: str) -> str | None:
    """A sentence on what is wrong with a typed code, or None; no database is asked."""
    code = normalise(typed)
    if len(code) != LENGTH:
        return _("验证码应为%(length)d位，您输入了%(typed)d位。请对照文书页脚再输入一次。") % {
            "length": LENGTH,
            "typed": len(code),
        }
    if strange := sorted(set(code) - set(ALPHABET)):
        return _("验证码中不会出现“%(signs)s”。请对照文书页脚再输入一次。") % {"signs": "、".join(strange)}
    if _check_sign(code[:-1]) != code[-1]:
        return _("验证码输入有误：校验位不符。请对照文书页脚逐位核对。")
    return None


def _check_sign(body: str) -> str:
    total = sum(weight * _VALUE[sign] for weight, sign in enumerate(body, start=1))
    return ALPHABET[-total * pow(LENGTH, -1, len(ALPHABET)) % len(ALPHABET)]
