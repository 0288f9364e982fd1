"""Why a row or a value of a file cannot be read, whatever the file is about."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Fault(models.TextChoices):
    """What the readers themselves find; a room that imports has reasons of its own beside these."""

    BAD_BYTES = "bad_bytes", _("字符损坏")
    UNCLOSED_QUOTE = "unclosed_quote", _("引号不成对")
    CELL_TOO_LONG = "cell_too_long", _("单元格过长")
    DATE = "date", _("日期无法认定")


class RefusedError(ValueError):
    """One value that cannot be taken: reason code, and a sentence that says what to do."""

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code
        self.sentence = sentence
