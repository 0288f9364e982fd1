"""The facts of one decision, in the order a reader asks for them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any, Final

import segno
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from portal.theme.components import Entry, Pair
from portal.theme.formats import cn_date, yuan

from .addresses import absolute
from .kinds import PENALTIES, ActKind
from .models import PublishedDecision, PublishedDepartment, PublishedItem, PublishedProof
from .rows import paragraphs, with_hidden
from .searching import Search
from .verification import grouped

_OUTCOME_TITLES: Final[dict[str, str | Promise]] = {
    ActKind.PENALTY: _lazy("处罚内容"),
    ActKind.LICENCE: _lazy("许可内容"),
    ActKind.INSPECTION: _lazy("检查结果"),
}


def decision_context(request: HttpRequest, row: PublishedDecision) -> dict[str, Any]:
    """Everything the template shows."""
    code = grouped(row.verification_code)
    return {
        "row": row,
        "title": with_hidden(row.title),
        "outcome_title": _OUTCOME_TITLES.get(row.act_kind, _("决定内容")),
        "outcome": with_hidden(row.outcome),
        "pairs": _pairs(row),
        "content": paragraphs(row.content),
        "history": [Entry(_day(line["on"]), line["text"], line.get("detail", "")) for line in row.history],
        "corrections": [(_day(line["on"]), line.get("detail", "")) for line in row.history if line.get("correction")],
        "record_end": _record_end(row),
        "code": code,
        "qr": _qr(absolute(request, f"{reverse('public:verify')}?code={code}")) if code else "",
        "fingerprint": " ".join(row.snapshot_hash[at : at + 4] for at in range(0, len(row.snapshot_hash), 4)),
        "is_proven": PublishedProof.objects.filter(pk=row.key).exists(),
        "hidden": _hidden_words(row),
        "department": PublishedDepartment.objects.filter(code=row.department_code, active=True).first(),
        "canonical": absolute(request, reverse("public:decision", args=[row.key])),
        "crumbs": [
            {"label": _("首页"), "url": reverse("public:home")},
            {"label": _("执法公示"), "url": reverse("public:decisions")},
            {"label": row.number, "url": ""},
        ],
    }


def _pairs(row: PublishedDecision) -> list[Pair]:
    """Term and value; what a decision does not have is left out."""
    penalty = row.act_kind == ActKind.PENALTY
    given = [
        (_("当事人"), _lines(row.party_name, _code_words(row))),
        (
            _("处罚机关") if penalty else _("作出机关"),
            _link(row.department_name, Search(departments=(row.department_code,))),
        ),
        (_("行为种类"), row.get_act_kind_display()),
        (_("处罚种类"), "、".join(str(PENALTIES.get(kind, kind)) for kind in row.penalty_kinds)),
        (_("执法事项"), _item(row)),
        (_("执法人员"), "、".join(_officer(officer) for officer in row.officers)),
        (_("违法事实") if penalty else _("事实"), paragraphs(row.facts)),
        (_("处罚依据") if penalty else _("依据"), paragraphs(row.basis)),
        (_("理由") if row.act_kind == ActKind.NO_PENALTY else _("裁量"), paragraphs(row.discretion)),
        (_("罚款"), _unsaid(row.fine, row.outcome)),
        (_("没收"), _unsaid(row.confiscation, row.outcome)),
        (_("履行"), paragraphs(row.performance)),
    ]
    return [Pair(term, value) for term, value in given if value]


def _item(row: PublishedDecision) -> str:
    """The item's own page with its benchmark, else the other decisions on it, else its name."""
    if not row.item_code:
        return row.item_name
    if PublishedItem.objects.filter(department_code=row.department_code, code=row.item_code).exists():
        address = reverse("public:item", args=[row.department_code, row.item_code])
        return format_html('<a href="{}">{}</a>', address, with_hidden(row.item_name))
    return _link(row.item_name, Search(item=row.item_code))


def _unsaid(value: Decimal, outcome: str) -> str:
    """An amount in yuan, unless the outcome already says it."""
    written = yuan(value)
    said = written in outcome or written.replace(",", "") in outcome
    return _("%(amount)s 元") % {"amount": written} if value and not said else ""


def _code_words(row: PublishedDecision) -> str:
    return _("统一社会信用代码 %(code)s") % {"code": row.credit_code} if row.credit_code else ""


def _lines(*texts: str) -> SafeString:
    return format_html_join(mark_safe("<br>"), "{}", ((with_hidden(text),) for text in texts if text))


def _link(text: str, search: Search) -> SafeString:
    return format_html('<a href="{}">{}</a>', reverse("public:decisions") + search.query(), with_hidden(text))


def _officer(officer: dict[str, str]) -> str:
    if officer.get("certificate"):
        return _("%(name)s（证号 %(number)s）") % {"name": officer["name"], "number": officer["certificate"]}
    return officer["name"]


def _day(value: str) -> date | str:
    try:
        return date.fromisoformat(value)
    except ValueError:
        return value


def _record_end(row: PublishedDecision) -> str:
    until = _("公示期至 %(date)s。") % {"date": cn_date(row.display_until)} if row.display_until else ""
    return f"{until}{_('逾期公示，逾期记录不因补公示而消除。')}" if row.late else until


def _hidden_words(row: PublishedDecision) -> str:
    if not row.hidden_count:
        return ""
    return _("为保护个人信息等，公示时已隐去 %(count)d 处（%(kinds)s）。") % {
        "count": row.hidden_count,
        "kinds": "、".join(row.hidden_kinds),
    }


def _qr(url: str) -> SafeString:
    """The QR code of an address, as inline SVG without inline style."""
    drawn = segno.make(url, error="m", micro=False).svg_inline(
        border=2, omitsize=True, svgclass="zf-qr", lineclass=None, dark="#17212b", light="#ffffff"
    )
    return mark_safe(drawn.replace("<svg ", f'<svg role="img" aria-label="{_("核验页的二维码")}" ', 1))  # noqa: S308
