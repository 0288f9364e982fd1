"""The part of a case's page about a decision on the spot: what was said, who signed, filing and cash."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from enforcement.cases.sections import CaseSection
from enforcement.models import Case
from enforcement.summary.data import collection_of
from portal.documents.spelling import yuan
from portal.theme.components import Pair


def section(case: Case, _user: Any) -> CaseSection | None:
    """Nothing for the ordinary procedure."""
    if case.procedure != Case.Procedure.SUMMARY or not hasattr(case, "on_spot"):  # an imported one has no form here
        return None
    row, reasons = case.on_spot, _reasons(case)
    pairs = [
        Pair(_("发生时间"), timezone.localtime(row.happened_at).strftime("%Y-%m-%d %H:%M")),
        Pair(_("陈述、申辩"), row.statement or _("没有提出"), small=row.answer),
        Pair(_("裁量理由"), reasons) if reasons else None,
        Pair(_("缴款方式"), str(row.get_paid_by_display()), small=row.paid_ground) if _fined(case) else None,
        _signed(row),
        Pair(_("没有当场交付的原因"), row.late_handing) if row.late_handing else None,
        Pair(_("备案"), row.filed_on.isoformat(), small=row.filing_note) if row.filed_on else None,
        Pair(_("救济"), _("须先申请行政复议，对复议决定不服再起诉（行政复议法23条1款1项）")),
    ]
    return CaseSection("on-spot", _("当场处罚"), [pair for pair in [*pairs, *_cash(case)] if pair is not None])


def _reasons(case: Case) -> str:
    return "\n".join(case.decisions.order_by("-pk").values_list("reasons", flat=True)[:1])


def _fined(case: Case) -> bool:
    return case.decisions.filter(fine__gt=0).exists()


def _signed(row: Any) -> Pair:
    if not row.signed:
        return Pair(_("签收"), _("还没有交付"))
    form = _("决定书照片已存") if row.form_id else _("还没有上传签收后的决定书")
    return Pair(_("签收"), str(row.get_signed_display()), small="；".join(text for text in (row.refusal, form) if text))


def _cash(case: Case) -> list[Pair]:
    one = collection_of(case)
    if one is None:
        return []
    words = _("%(amount)s，财政票据 %(receipt)s") % {"amount": yuan(one.payment.amount), "receipt": one.payment.receipt}
    return [
        Pair(_("当场收缴"), f"{one.payment.paid_on.isoformat()} {words}"),
        Pair(_("交至机关"), f"{one.handed_on.isoformat()} {one.received_by}" if one.handed_on else _("还没有")),
        Pair(
            _("缴付银行"),
            f"{one.banked_on.isoformat()} {_('回单 %(number)s') % {'number': one.bank_receipt}}"
            if one.banked_on
            else _("还没有"),
        ),
    ]
