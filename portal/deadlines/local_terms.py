"""Local numbers (本地): setting one, with its ground, and recomputing what it moves."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from portal.deadlines.calendar_store import ask_for_recomputing
from portal.deadlines.errors import DeadlineError, UnknownRule
from portal.deadlines.models import Fact, Term
from portal.deadlines.periods import end_of, moment, parse_period
from portal.deadlines.registry import rules
from portal.deadlines.rulebook import Rule

if TYPE_CHECKING:
    from portal.accounts.models import Department, User

SETTABLE = frozenset({"本地", "参照"})


def set_term(
    rule: str,
    period: str,
    *,
    valid_from: date,
    ground: str,
    actor: User | None,
    department: Department | None = None,
    valid_to: date | None = None,
) -> Term:
    """Set a local number for a rule («5 workdays»), for one department or for all; an empty one withdraws it.

    Only where the law gives no number: rules of basis 本地 or 参照. Older rows stay; open obligations
    of the rule are recomputed after the commit. Raises DeadlineError with a sentence.
    """
    known = rules().get(rule)
    if known is None:
        raise UnknownRule(_("没有名为“%(rule)s”的规则。") % {"rule": rule})
    if known.basis not in SETTABLE:
        raise DeadlineError(
            _("“%(title)s”是法定期限（%(article)s），不能在本地另设。")
            % {"title": known.title, "article": known.article}
        )
    if not ground.strip():
        raise DeadlineError(_("请写明设定这个期限的依据。"))
    if period:
        parse_period(period)
    if valid_to and valid_to < valid_from:
        raise DeadlineError(_("截止日期早于起始日期。"))
    with transaction.atomic():
        term = Term.objects.create(
            rule=rule,
            department=department,
            period=period,
            valid_from=valid_from,
            valid_to=valid_to,
            ground=ground.strip(),
            made_by=actor,
        )
        ask_for_recomputing(_opened(known, term), key=f"term:{term.pk}", cause=f"本地期限 {rule}：{period or '取消'}")
    return term


def _opened(rule: Rule, term: Term) -> Iterable[int]:
    """The matters in which a fact opened the rule while the number is in force."""
    facts = Fact.objects.filter(name__in=rule.opens, void=None, at__gte=moment(term.valid_from).at)
    if term.valid_to:
        facts = facts.filter(at__lte=end_of(term.valid_to))
    if term.department_id:
        facts = facts.filter(matter__department=term.department_id)
    return facts.values_list("matter", flat=True).distinct()
