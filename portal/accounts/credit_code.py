"""统一社会信用代码: the check of GB 32100-2015."""

from __future__ import annotations

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
LENGTH = 18
SHAPE = re.compile(r"[0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{10}")


def check_character(first_seventeen: str) -> str:
    """The eighteenth character that belongs to the first seventeen."""
    total = sum(ALPHABET.index(character) * weight for character, weight in zip(first_seventeen, WEIGHTS, strict=True))
    return ALPHABET[(31 - total % 31) % 31]


def credit_code_error(value: str) -> str | None:
    """What is wrong with the code, as a sentence; nothing when it is right."""
    code = value.strip().upper()
    if len(code) != LENGTH:
        return _("统一社会信用代码应为 18 位，现为 %(count)d 位。") % {"count": len(code)}
    if not SHAPE.fullmatch(code):
        return _("统一社会信用代码含有不允许的字符（不用 I、O、S、V、Z，第 3 至 8 位为数字）。")
    expected = check_character(code[:-1])
    if code[-1] != expected:
        return _("统一社会信用代码第 18 位应为 %(expected)s。请对照营业执照再填一次。") % {"expected": expected}
    return None


def validate_credit_code(value: str) -> None:
    """Django validator; raises ValidationError with the sentence."""
    if value and (error := credit_code_error(value)):
        raise ValidationError(error)
