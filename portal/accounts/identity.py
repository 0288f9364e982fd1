"""公民身份号码: the check of GB 11643-1999, and how it is shown."""

from __future__ import annotations

import datetime as dt
import re

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECKS = "10X98765432"
LENGTH = 18
SHAPE = re.compile(r"[1-9]\d{16}[\dX]")


def identity_error(value: str) -> str | None:
    """What is wrong with the number, as a sentence; nothing when it is right."""
    number = value.strip().upper()
    if len(number) != LENGTH:
        return _("公民身份号码应为 18 位，现为 %(count)d 位。") % {"count": len(number)}
    if not SHAPE.fullmatch(number):
        return _("公民身份号码前 17 位为数字，第 18 位为数字或者 X。")
    if birth_date(number) is None:
        return _("公民身份号码第 7 至 14 位不是可能的出生日期。")
    expected = CHECKS[sum(int(digit) * weight for digit, weight in zip(number[:-1], WEIGHTS, strict=True)) % 11]
    if number[-1] != expected:
        return _("公民身份号码第 18 位与前 17 位不符。请对照证件再填一次。")
    return None


def birth_date(number: str) -> dt.date | None:
    """The date of birth in the number; nothing when impossible or in the future."""
    try:
        born = dt.date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return None
    return born if dt.date(1880, 1, 1) < born <= timezone.localdate() else None


def validate_identity(value: str) -> None:
    """Django validator; raises ValidationError with the sentence."""
    if value and (error := identity_error(value)):
        raise ValidationError(error)


def masked(value: str) -> str:
    """The first four and last four characters, the rest as stars; short values all stars."""
    shown = 4
    if len(value) <= 2 * shown:
        return "*" * len(value)
    return value[:shown] + "*" * (len(value) - 2 * shown) + value[-shown:]
