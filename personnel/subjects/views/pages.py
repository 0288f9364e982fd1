"""The pages of one subject, one mandate, one empowerment decision."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from personnel.subjects.models import EmpoweredItem, Empowerment, EnforcementSubject, Mandate
from personnel.subjects.views.lists import SHAPES, light, span
from portal.attachments.models import Attachment
from portal.theme.components import Cell, Column, Empty, Pair, Table
from portal.web.base import DeskView, visible_or_404
from portal.web.workspace import workspace

Kind = EnforcementSubject.Kind


class SubjectPage(DeskView):
    """`/desk/subjects/<pk>/`: what is registered, its mandates or empowerment decisions, the steps."""

    def get(self, _request: Any, pk: int) -> HttpResponse:
        """The page."""
        subject = visible_or_404(EnforcementSubject, pk, self.user, "matter__department", "department__parent")
        cards: list[dict[str, Any]] = [{"key": "subject", "title": _("登记事项"), "pairs": subject_pairs(subject)}]
        if subject.kind == Kind.ENTRUSTED:
            held = Mandate.objects.filter(body=subject.department_id).select_related("department", "body")
            cards.append({"key": "mandates", "title": _("持有的委托书"), "table": mandate_table(held)})
        given = Mandate.objects.filter(department=subject.department_id).select_related("department", "body")
        if given:
            cards.append({"key": "given", "title": _("签发的委托书"), "table": mandate_table(given)})
        if subject.kind == Kind.STREET:
            rows = Empowerment.objects.filter(department=subject.department_id)
            cards.append({"key": "empowerments", "title": _("赋权决定"), "table": decision_table(rows)})
        cards += proofs(subject.matter)
        return self.page(
            "subjects/thing.html",
            {
                "title": subject.name,
                "shape": SHAPES[subject.state],
                "words": subject.get_state_display(),
                "cards": cards,
                "workspace": workspace(subject, subject.matter, self.user),
                "crumbs": [{"label": _("执法主体"), "url": reverse("subjects:subjects")}, {"label": subject.name}],
            },
        )


def proofs(matter: Any) -> list[dict[str, Any]]:
    """A card of the files that were handed in, when there are any."""
    files = list(Attachment.objects.filter(matter=matter).order_by("pk"))
    if not files:
        return []
    table = Table(
        _("依据文件"),
        [Column(_("文件")), Column(_("上传"))],
        [[Cell(one.name, url=one.get_absolute_url()), one.uploaded_at.date().isoformat()] for one in files],
    )
    return [{"key": "proofs", "title": _("依据文件"), "table": table}]


def subject_pairs(subject: EnforcementSubject) -> list[Pair]:
    """The row in words."""
    pairs = [
        Pair(_("主体类别"), str(subject.get_kind_display())),
        Pair(_("统一社会信用代码"), subject.credit_code or "—"),
        Pair(_("负责人"), subject.leader),
        Pair(_("执法区域"), subject.area),
        Pair(_("设立和职权依据"), subject.basis),
        Pair(_("执法职责"), subject.duties),
    ]
    if subject.kind == Kind.ENTRUSTED:
        pairs.insert(
            1, Pair(_("以谁的名义"), subject.sealing.name, small=_("文书以委托机关名义编号、盖章（处罚法20条）"))
        )
    for label, day in (
        (_("申报日期"), subject.applied_on), (_("确认日期"), subject.confirmed_on),
        (_("公告日期"), subject.published_on), (_("撤销日期"), subject.withdrawn_on),
    ):  # fmt: skip
        if day is not None:
            pairs.append(Pair(label, day.isoformat()))
    if subject.number:
        pairs.append(Pair(_("公告文号"), subject.number))
    if subject.opinion:
        pairs.append(Pair(_("审核意见"), subject.opinion))
    if subject.withdrawn_ground:
        pairs.append(Pair(_("撤销理由"), subject.withdrawn_ground))
    return pairs


def mandate_table(rows: Any) -> Table:
    """A line a mandate."""
    return Table(
        _("委托书"),
        [Column(_("文号")), Column(_("委托机关")), Column(_("受委托组织")), Column(_("期限")), Column(_("今天"))],
        [
            [
                Cell(row.number or _("委托书"), url=reverse("subjects:mandate", args=[row.pk])),
                row.department.short_name,
                row.body.short_name,
                span(row),
                light(row),
            ]
            for row in rows
        ],
        empty=Empty(_("没有委托书"), _("由委托机关签发并公布；公布以前不能以其名义办案。")),
    )


def decision_table(rows: Any) -> Table:
    """A line a decision."""
    return Table(
        _("赋权决定"),
        [Column(_("决定")), Column(_("期限")), Column(_("今天"))],
        [
            [
                Cell(row.title, url=reverse("subjects:empowerment", args=[row.pk]), small=row.number),
                span(row),
                light(row),
            ]
            for row in rows
        ],
        empty=Empty(_("没有赋权决定"), _("由司法行政部门登记并公布；公布以前街道不能行使处罚权。")),
    )


class MandatePage(DeskView):
    """`/desk/subjects/mandates/<pk>/`: parties, days, powers, items."""

    def get(self, _request: Any, pk: int) -> HttpResponse:
        """The page."""
        mandate = visible_or_404(Mandate, pk, self.user, "matter__department", "department", "body")
        today = light(mandate)
        pairs = [
            Pair(_("委托机关"), mandate.department.name, small=_("对受委托组织的行为负责监督，并对后果承担法律责任")),
            Pair(_("受委托组织"), mandate.body.name),
            Pair(_("期限"), span(mandate)),
            Pair(_("委托依据"), mandate.basis),
            Pair(_("委托权限"), mandate.powers),
            Pair(_("签发日期"), mandate.signed_on.isoformat()),
            Pair(_("公布日期"), mandate.published_on.isoformat() if mandate.published_on else "—"),
        ]
        if mandate.ended_on:
            pairs.append(Pair(_("终止"), mandate.ended_on.isoformat(), small=mandate.ended_ground))
        items = Table(
            _("委托事项"),
            [Column(_("编码")), Column(_("名称"))],
            [[item["code"], item["name"]] for item in mandate.items],
        )
        return self.page(
            "subjects/thing.html",
            {
                "title": mandate.matter.title,
                "shape": today.shape,
                "words": today.text,
                "cards": [
                    {"key": "mandate", "title": _("委托书"), "pairs": pairs},
                    {
                        "key": "items",
                        "title": _("委托事项（%(count)d 项）") % {"count": len(mandate.items)},
                        "table": items,
                    },
                ],
                "workspace": workspace(mandate, mandate.matter, self.user),
                "crumbs": [
                    {"label": _("执法委托"), "url": reverse("subjects:mandates")},
                    {"label": mandate.number or _("委托书")},
                ],
            },
        )


class EmpowermentPage(DeskView):
    """`/desk/subjects/empowerments/<pk>/`: the decision and its items, those taken back among them."""

    def get(self, _request: Any, pk: int) -> HttpResponse:
        """The page."""
        decision = visible_or_404(Empowerment, pk, self.user, "matter__department", "department")
        today = light(decision)
        rows = list(decision.items.order_by("code"))
        return self.page(
            "subjects/thing.html",
            {
                "title": decision.matter.title,
                "shape": today.shape,
                "words": today.text,
                "cards": [
                    {"key": "decision", "title": _("决定"), "pairs": decision_pairs(decision)},
                    {
                        "key": "items",
                        "title": _("赋权事项（%(count)d 项）") % {"count": len(rows)},
                        "table": item_table(rows),
                    },
                    *proofs(decision.matter),
                ],
                "workspace": workspace(decision, decision.matter, self.user),
                "crumbs": [
                    {"label": _("街道赋权"), "url": reverse("subjects:empowerments")},
                    {"label": decision.number},
                ],
            },
        )


def decision_pairs(decision: Empowerment) -> list[Pair]:
    """The decision in words."""
    pairs = [
        Pair(_("街道"), decision.department.name),
        Pair(_("作出决定的机关"), decision.issuer),
        Pair(_("决定文号"), decision.number, small=decision.decided_on.isoformat()),
        Pair(_("公布载体"), decision.announced_in),
        Pair(_("期限"), span(decision)),
        Pair(_("公布日期"), decision.published_on.isoformat() if decision.published_on else "—"),
        Pair(_("下次评估不迟于"), decision.evaluate_by.isoformat() if decision.evaluate_by else "—", tag=_("本地")),
    ]
    if decision.evaluation:
        pairs.append(Pair(_("最近一次评估"), decision.evaluation))
    if decision.ended_on:
        pairs.append(Pair(_("终止"), decision.ended_on.isoformat(), small=decision.ended_ground))
    return pairs


def item_table(rows: list[EmpoweredItem]) -> Table:
    """A line an item."""
    today = timezone.localdate()
    return Table(
        _("赋权事项"),
        [Column(_("编码")), Column(_("名称")), Column(_("原行使部门")), Column(_("今天"))],
        [[item.code, item.name, item.origin or "—", _standing(item, today)] for item in rows],
    )


def _standing(item: EmpoweredItem, today: Any) -> Cell:
    if item.taken_back_on is None:
        return Cell(_("在清单里"), shape="green")
    words = _("%(day)s 起收回") % {"day": item.taken_back_on.isoformat()}
    return Cell(words, shape="withdrawn" if item.taken_back_on <= today else "amber", small=item.ground)
