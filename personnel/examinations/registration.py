"""What examinations tell the platform when it starts."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from personnel.examinations import after_result, bank, card, importing, marking, preparing, published, sheets, sittings
from personnel.examinations.models import Bank, Examination, QuestionFile, Sitting
from personnel.own import OwnSection, register_own_section
from personnel.registration import ENFORCING
from personnel.results import register_provider
from portal.documents.kinds import register_kind as register_document
from portal.inbox.kinds import NoticeKind, register_notice_kind
from portal.matters.registry import MatterKind, register_kind
from portal.web.action_views import register_own_page
from portal.web.navigation import PEOPLE, Card, NavigationItem, register_card, register_navigation
from portal.workflow.registry import Step, react, register, register_path

KINDS = (
    MatterKind("examinations_bank", _("题库"), Bank, lambda _matter: reverse("examinations:bank")),
    MatterKind(
        importing.FILE_KIND, _("试题文件"), QuestionFile, lambda matter: reverse("examinations:file", args=[matter.pk])
    ),
    MatterKind(preparing.KIND, _("考试"), Examination, lambda matter: reverse("examinations:exam", args=[matter.pk])),
    MatterKind(sittings.KIND, _("答卷"), Sitting, lambda matter: reverse("examinations:sitting", args=[matter.pk])),
)
EXAMINATION_PATH = (
    Step(_("筹备"), frozenset({"draft"})),
    Step(_("发布"), frozenset({"published"}), "examinations.published"),
    Step(_("结束"), frozenset({"closed"}), "examinations.closed"),
)
SITTING_PATH = (
    Step(_("答题"), frozenset({"running"}), "examinations.begun"),
    Step(_("交卷"), frozenset({"ended"}), "examinations.ended"),
    Step(_("出成绩"), frozenset({"marked"}), "examinations.marked"),
)


def register_all() -> None:
    """Register everything; safe to call twice."""
    for kind in KINDS:
        register_kind(kind)
    register(*bank.ACTIONS, importing.KEEP, *preparing.ACTIONS, *sittings.ACTIONS, sheets.ISSUE, *marking.ACTIONS)
    register(*after_result.ACTIONS)
    register_document(after_result.RetrainingNotice)
    react(after_result.CORRECTED, after_result.follow_correction)
    register_path(Examination, EXAMINATION_PATH)
    register_path(Sitting, SITTING_PATH)
    register_notice_kind(NoticeKind("examinations", _("考试")))
    register_navigation(NavigationItem(_("考试"), "examinations:exams", 61, kinds=ENFORCING, group=PEOPLE))
    register_card(Card("examinations", 44, "examinations/_card.html", card.values))
    register_provider(published.results_of)
    register_document(sheets.Sheet)
    register_own_page(marking.MARK.key, lambda script: reverse("examinations:script", args=[script.code]))
    register_own_section(OwnSection("examinations", 30, "examinations/_section.html", card.section))
    react("examinations.marked", published.tell)
    react(marking.MARKED, marking.result_when_last)
    react("examinations.closed", published.count_again)
