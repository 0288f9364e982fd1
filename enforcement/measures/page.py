"""The parts of a case's page about measures: things in custody, the case's time, the record of the process."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from enforcement.cases.sections import CaseSection
from enforcement.measures import custody as things
from enforcement.measures.data.keeping import TOLD_IN_WRITING
from enforcement.measures.models import Disposal, Fate, Measure
from enforcement.measures.models.custody import plain
from enforcement.measures.requirements import Requirement, requirements
from enforcement.models import Case
from portal.deadlines.models import Obligation
from portal.documents.models import Document
from portal.theme.components import Cell, Column, Pair, Table
from portal.web.citations import law_line

HOLDING = ("measure.hold", "measure.seizure")
OUTCOMES: dict[str, Any] = {"corrected": "green", "partly": "amber", "not": "red"}


def custody(case: Case, _user: Any) -> CaseSection | None:
    """Every measure with its days, every thing with its fate; nothing when nothing was ever taken."""
    measures = list(case.measures.select_related("extension", "party").prefetch_related("appraisals"))
    if not measures:
        return None
    ends = dict(
        Obligation.objects.filter(matter=case.pk, rule__in=HOLDING, cancelled_at=None).values_list("about", "due_on")
    )
    rows = things.book(case)
    left = sum(1 for row in rows if row.left > 0 and row.thing.measure.begun_at is not None)
    pairs = [Pair(_("在控物品"), _("%(count)d 件没有处理") % {"count": left} if left else _("都已处理"))]
    told = _told(case)
    tables = [(_("措施"), _measures(measures, ends)), (_("物品和去向"), _things(case, rows))]
    if told.rows:
        tables.append((_("书面告知"), told))
    return CaseSection("measures", _("登记保存、查封、扣押"), pairs, tables)


def _measures(measures: list[Measure], ends: dict[str, dt.date]) -> Table:
    today = timezone.localdate()
    return Table(
        _("措施"),
        [Column(_("措施")), Column(_("实施")), Column(_("期限到")), Column(_("状态"))],
        [
            [
                Cell(str(one.get_kind_display()), small=" · ".join(part for part in (one.number, one.place) if part)),
                timezone.localtime(one.begun_at).strftime("%Y-%m-%d %H:%M") if one.begun_at else "—",
                _end(one, ends.get(one.about)),
                _standing(one, ends.get(one.about), today),
            ]
            for one in measures
        ],
    )


def _end(measure: Measure, end: dt.date | None) -> Cell:
    if end is None:
        return Cell("—")
    extension = getattr(measure, "extension", None)
    notes = []
    if extension is not None:
        notes.append(
            _("原至 %(old)s，延长 %(days)d 日") % {"old": extension.old_due.isoformat(), "days": extension.days}
        )
    notes += [
        _("%(kind)s %(begun)s 至 %(until)s 不计入")
        % {
            "kind": one.get_kind_display(),
            "begun": one.begun_on.isoformat(),
            "until": min(one.until, one.ended_on or one.until).isoformat(),
        }
        for one in measure.appraisals.all()
    ]
    return Cell(end.isoformat(), small="；".join(notes))


def _standing(measure: Measure, end: dt.date | None, today: dt.date) -> Cell:
    if measure.withdrawn_reason:
        return Cell(_("没有实施"), shape="withdrawn", small=measure.withdrawn_reason)
    if measure.settled_on is not None:
        return Cell(_("已处理完毕"), shape="green", small=measure.settled_on.isoformat())
    if measure.begun_at is None:
        return Cell(_("已决定，待实施"), shape="open")
    if measure.refused_on is not None:
        return Cell(_("不予批准，应当立即解除"), shape="red", small=measure.refused_reason)
    if end is not None and today > end:
        return Cell(_("期满，失去效力，应当退还"), shape="red")
    if measure.waits_for_approval:
        return Cell(_("当场实施，待补办批准"), shape="amber")
    if any(one.ended_on is None and one.begun_on <= today < one.until for one in measure.appraisals.all()):
        return Cell(_("检测鉴定期间，不计入"), shape="pause")
    return Cell(_("实施中"), shape="green")


def _things(case: Case, rows: list[things.InCustody]) -> Table:
    fates: dict[int, list[Fate]] = {}
    for fate in Fate.objects.filter(thing__measure__case=case.pk).select_related("disposal"):
        fates.setdefault(fate.thing_id, []).append(fate)
    return Table(
        _("物品和去向"),
        [Column(_("物品")), Column(_("数量"), numeric=True), Column(_("措施")), Column(_("去向"))],
        [
            [
                Cell(
                    row.thing.name, small=" · ".join(part for part in (row.thing.specification, row.thing.note) if part)
                ),
                f"{plain(row.thing.quantity)} {row.thing.unit}",
                str(row.thing.measure.get_kind_display()),
                _fate(row, fates.get(row.thing.pk, [])),
            ]
            for row in rows
        ],
    )


def _fate(row: things.InCustody, fates: list[Fate]) -> Cell:
    said = [
        _("%(kind)s %(quantity)s %(unit)s（%(day)s）")
        % {
            "kind": Disposal.Kind(fate.disposal.kind).label,
            "quantity": plain(fate.quantity),
            "unit": row.thing.unit,
            "day": fate.disposal.on.isoformat(),
        }
        for fate in fates
    ]
    if row.left <= 0:
        return Cell("；".join(said), shape="green")
    if row.thing.measure.begun_at is None:
        return Cell(_("没有实施"), shape="open")
    words = _("在控 %(quantity)s %(unit)s") % {"quantity": plain(row.left), "unit": row.thing.unit}
    return Cell(words, shape="open", small="；".join(said))


def _told(case: Case) -> Table:
    """Papers that must reach the party, and which of them have."""
    handed = {row.document_id: row for row in case.handings.all()}
    papers = Document.objects.filter(matter=case.pk, kind__in=TOLD_IN_WRITING).order_by("issued_on", "pk")
    return Table(
        _("书面告知"),
        [Column(_("文书")), Column(_("日期")), Column(_("告知"))],
        [
            [
                Cell(paper.title.replace("\n", ""), url=paper.get_absolute_url(), small=paper.number),
                paper.issued_on.isoformat(),
                Cell(f"{handed[paper.pk].on.isoformat()} {handed[paper.pk].get_method_display()}", shape="green")
                if paper.pk in handed
                else Cell(_("还没有登记告知"), shape="amber"),
            ]
            for paper in papers
        ],
    )


def timing(case: Case, _user: Any) -> CaseSection | None:
    """Time taken out, time added, orders to correct; nothing when there are none."""
    suspensions = list(case.suspensions.select_related("basis"))
    extensions = list(case.extensions.select_related("basis"))
    orders = list(case.correction_orders.select_related("party"))
    tables = []
    if suspensions:
        tables.append((_("不计入办案期限的时间"), _suspensions(suspensions)))
    if extensions:
        tables.append((_("延期"), _extensions(extensions)))
    if orders:
        tables.append((_("责令改正"), _orders(orders)))
    return CaseSection("timing", _("办案时间和责令改正"), (), tables) if tables else None


def _suspensions(rows: list[Any]) -> Table:
    today = timezone.localdate()
    return Table(
        _("不计入办案期限的时间"),
        [Column(_("起止")), Column(_("日数"), numeric=True), Column(_("事由")), Column(_("状态"))],
        [
            [
                f"{one.begun_on.isoformat()} – {one.resumed_on.isoformat() if one.resumed_on else ''}",
                str(max(0, ((one.resumed_on or today) - one.begun_on).days)),
                Cell(one.reason, small=one.basis.cited),
                Cell(_("已恢复"), shape="green", small=one.resumed_reason)
                if one.resumed_on
                else Cell(
                    _("不计入期限"),
                    shape="pause" if today <= one.expected_on else "amber",
                    small=_("预计 %(day)s 恢复") % {"day": one.expected_on.isoformat()},
                ),
            ]
            for one in rows
        ],
    )


def _extensions(rows: list[Any]) -> Table:
    return Table(
        _("延期"),
        [Column(_("次数")), Column(_("原期限")), Column(_("延期后")), Column(_("理由"))],
        [
            [
                Cell(
                    _("第 %(step)d 次，%(days)d 日") % {"step": one.step, "days": one.days},
                    small=f"{one.extended_on.isoformat()} {one.number}".strip(),
                ),
                one.old_due.isoformat(),
                one.new_due.isoformat(),
                Cell(one.reason, small=one.basis.cited),
            ]
            for one in rows
        ],
    )


def _orders(rows: list[Any]) -> Table:
    today = timezone.localdate()
    return Table(
        _("责令改正"),
        [Column(_("文书")), Column(_("要求")), Column(_("期限")), Column(_("复查"))],
        [
            [
                Cell(one.number or "—", small=f"{one.party.name} {one.issued_on.isoformat()}"),
                one.content,
                one.due_on.isoformat(),
                Cell(str(one.get_outcome_display()), shape=OUTCOMES[one.outcome], small=f"{one.checked_on} {one.found}")
                if one.checked_on
                else Cell(_("待复查"), shape="amber" if today > one.due_on else "open"),
            ]
            for one in rows
        ],
    )


def records(case: Case, _user: Any) -> CaseSection | None:
    """What must be recorded and what is there; nothing while the case calls for nothing and has nothing."""
    wanted = requirements(case)
    kept = list(case.process_records.select_related("attachment"))
    if not wanted and not kept:
        return None
    absent = [one for one in wanted if not one.met]
    red = sum(1 for one in absent if one.is_red and not one.explained)
    words = _("缺少 %(count)d 项") % {"count": len(absent)} if absent else _("齐全")
    small = _("其中应当全程录像、制作笔录而没有的 %(count)d 项") % {"count": red} if red else ""
    tables = []
    if wanted:
        tables.append((_("需要的记录"), _wanted(wanted)))
    if kept:
        tables.append((_("已有的记录"), _kept(kept)))
    return CaseSection("records", _("执法全过程记录"), [Pair(_("记录"), words, small=small)], tables)


def _wanted(rows: list[Requirement]) -> Table:
    return Table(
        _("需要的记录"),
        [Column(_("环节")), Column(_("记录")), Column(_("状态"))],
        [[one.step, Cell(one.what, small=law_line(one.law)), _there(one)] for one in rows],
    )


def _there(one: Requirement) -> Cell:
    shape: Any = one.shape
    if one.met:
        return Cell(_("已登记"), shape="green")
    if one.explained:
        return Cell(_("缺少，已说明"), shape=shape, small=one.explained)
    return Cell(_("缺少"), shape=shape)


def _kept(rows: list[Any]) -> Table:
    return Table(
        _("已有的记录"),
        [Column(_("名称")), Column(_("时间")), Column(_("记录人和设备")), Column(_("存放"))],
        [
            [
                Cell(
                    one.title,
                    url=one.attachment.get_absolute_url() if one.attachment else "",
                    small=f"{one.get_step_display()} · {one.get_medium_display()}",
                ),
                Cell(_span(one), small=one.place),
                Cell(one.recorders, small=one.device),
                Cell(
                    one.storage or _("已上传"),
                    small=_("哈希 %(start)s…") % {"start": one.sha256[:12]} if one.sha256 else "",
                ),
            ]
            for one in rows
        ],
    )


def _span(one: Any) -> str:
    begun = timezone.localtime(one.begun_at)
    if one.ended_at is None:
        return begun.strftime("%Y-%m-%d %H:%M")
    ended = timezone.localtime(one.ended_at)
    same = ended.date() == begun.date()
    return f"{begun:%Y-%m-%d %H:%M} – {ended:%H:%M}" if same else f"{begun:%Y-%m-%d %H:%M} – {ended:%Y-%m-%d %H:%M}"
