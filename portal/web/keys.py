"""The single keys of a page, in words; portal/theme/static/theme/keys.js answers them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Key:
    """One key: its sign, what it does, and the place it goes to (a selector) unless the script knows it."""

    sign: str
    words: str
    go: str = ""


@dataclass(frozen=True)
class Keys:
    """`stops`: what j, k and the figures go to; `into`: what takes the focus in a stop."""

    stops: str
    rows: Sequence[Key]
    into: str = ""


def of_case() -> Keys:
    """The page of a case: from part to part, to the next step, to what is in the way, to the deadlines."""
    return Keys(
        "main .zf-cols > .zf-stackup > section.card",
        [
            Key("j", _("下一部分")),
            Key("k", _("上一部分")),
            Key("n", _("到“下一步”"), "[aria-labelledby=next-steps] .zf-steps a, [aria-labelledby=next-steps] summary"),
            Key("w", _("打开“为什么不能？”"), ".zf-why > summary"),
            Key("t", _("打开第一个期限的“如何计算？”"), ".zf-clock summary"),
            Key("?", _("显示这张表")),
        ],
    )


def of_points(count: int) -> Keys:
    """A form of several points and a verdict: from point to point."""
    return Keys(
        "#points section.card[id^=part-]",
        [
            Key("j", _("下一项")),
            Key("k", _("上一项")),
            Key(f"1–{count}", _("到第几项")),
            Key(str(count + 1), _("到审核结论")),
            Key("← →", _("在一项之内选择")),
            Key("?", _("显示这张表")),
        ],
        "input[type=radio]:checked, input[type=radio]",
    )
