"""What rules are called, read from the rule book; an unknown key stands for itself."""

from __future__ import annotations

from portal.deadlines.registry import rules


def duty_title(rule: str) -> str:
    """What the duty is called («公示行政处罚决定»)."""
    found = rules().get(rule)
    return found.title if found else rule


def duty_article(rule: str) -> str:
    """The article behind the duty."""
    found = rules().get(rule)
    return found.article if found else ""


def duty_basis(rule: str) -> str:
    """法, 参照, 本地 or 未核: what stands behind the number."""
    found = rules().get(rule)
    return found.basis if found else ""
