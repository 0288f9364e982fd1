"""The papers of a supervision case: two internal approval forms, and what is issued to a department."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import Department
from portal.accounts.roles import Role
from portal.deadlines.calendar_store import calendar
from portal.deadlines.calendars import WorkCalendar
from portal.deadlines.lights import light_of
from portal.deadlines.models import Obligation
from portal.documents.blocks import Choice, Contact, Opinion, Signer
from portal.documents.kinds import DocumentKind
from portal.documents.spelling import chinese_date
from supervision import papers_context as papers
from supervision.models import Instrument, Measure, SupervisionCase
from supervision.wording import duty_article, duty_title

MODES = {SupervisionCase.Mode.DAILY.value: "日常监督"}


class InternalForm(DocumentKind):
    """A form that stays with the bureau: no seal, no public verification, hidden from the target."""

    issuers = frozenset({Department.Kind.BUREAU.value})
    sealed = False
    audience = "internal"
    signers = (Role.SUPERVISOR.value, Role.SUPERVISION_HEAD.value)


class FilingForm(InternalForm):
    """行政执法监督立案审批表."""

    key = "supervision.filing_form"
    label = _("行政执法监督立案审批表")
    series = "行执监立"
    template = "supervision/papers/filing_form.html"

    def context(self, _matter: Any, subject: SupervisionCase, extra: dict[str, Any]) -> Any:
        """The form as filled in at the approval."""
        filed_on = subject.filed_on or timezone.localdate()
        return papers.SupervisionFilingForm(
            cause="、".join(subject.ground_labels),
            sources=tuple(Choice(str(label), key == subject.source) for key, label in subject.Source.choices),
            department=subject.target.name,
            credit_code=subject.target.credit_code,
            acts=acts_of(subject),
            informant=subject.source_note or "—",
            grounds=papers.ticked(papers.GROUNDS, numbers_of(subject.Ground.values, subject.grounds)),
            mode=str(subject.get_mode_display()),
            facts=subject.facts,
            remedy_check=subject.remedy_check,
            jurisdiction=jurisdiction_of(subject),
            supervisors=signers_of(subject),
            recusal="承办人员均已声明与本案没有利害关系。",
            officer_opinion=Opinion(subject.filing_opinion, signers_of(subject), chinese_date(filed_on)),
            review_opinion=Opinion(),
            head_opinion=Opinion(
                "同意立案。",
                tuple(Signer(name) for name in (extra.get("approved_by"),) if name),
                chinese_date(filed_on),
            ),
            filed_on=chinese_date(filed_on),
        )


class DispositionForm(InternalForm):
    """行政执法监督处理审批表."""

    key = "supervision.disposition_form"
    label = _("行政执法监督处理审批表")
    template = "supervision/papers/disposition_form.html"
    about = "instrument"

    def context(self, matter: Any, subject: SupervisionCase, extra: dict[str, Any]) -> Any:
        """The form as approved: what was found, and what is to be issued."""
        instrument = in_force(subject)
        measures = list(subject.measures.all())
        taken = {measure.kind for measure in measures}
        on = chinese_date(instrument.approved_on)
        return papers.SupervisionDispositionForm(
            filing_number=matter.number,
            cause="、".join(subject.ground_labels),
            department=subject.target.name,
            measures=papers.ticked(papers.MEASURES, numbers_of(Measure.Kind.values, taken)),
            statement=instrument.statement or "没有提出说明。",
            facts=instrument.findings,
            evidence=tuple(evidence_line(measure) for measure in measures),
            finding=f"{instrument.get_fault_display()}。\n{instrument.basis}",
            instruments=tuple(Choice(str(label), key == instrument.kind) for key, label in Instrument.Kind.choices),
            requirements=instrument.requirements,
            report_by="制发时在文书中载明",
            personnel=instrument.personnel_advice or "未提出。",
            discipline=instrument.discipline_lead or "未提出。",
            officer_opinion=Opinion(instrument.opinion, signers_of(subject), on),
            legal_opinion=Opinion(),
            head_opinion=Opinion("同意。", tuple(Signer(name) for name in (extra.get("approved_by"),) if name), on),
        )


class UrgingLetter(DocumentKind):
    """行政执法监督督办函 (执法监督条例27条)."""

    issuers = frozenset({Department.Kind.BUREAU.value})
    key = "supervision.urging_letter"
    label = _("行政执法监督督办函")
    series = "行执监督"
    template = "supervision/papers/urging_letter.html"
    about = "instrument"
    signers = (Role.SUPERVISION_HEAD.value,)

    def title(self, _matter: Any, subject: SupervisionCase, _extra: dict[str, Any]) -> str:
        """Issuer and kind; the recipient stands below."""
        return str(self.label)

    def context(self, matter: Any, subject: SupervisionCase, _extra: dict[str, Any]) -> Any:
        """The letter, with a list of the missed duties it covers."""
        instrument = in_force(subject)
        return papers.UrgingLetter(
            recipient=subject.target.name,
            found_through=mode_words(subject),
            facts=instrument.findings,
            duty_basis=instrument.basis,
            requirements=lines(instrument.requirements),
            report_by=report_by(instrument),
            contact=contact_of(matter),
            missed=missed_duties(subject, instrument.issued_on or timezone.localdate()),
            copies=copies_of(instrument),
        )


class OpinionLetter(DocumentKind):
    """行政执法监督意见书 (执法监督条例28条)."""

    issuers = frozenset({Department.Kind.BUREAU.value})
    key = "supervision.opinion"
    label = _("行政执法监督意见书")
    series = "行执监意"
    template = "supervision/papers/opinion.html"
    about = "instrument"
    signers = (Role.SUPERVISION_HEAD.value,)

    def context(self, matter: Any, subject: SupervisionCase, _extra: dict[str, Any]) -> Any:
        """The letter."""
        instrument = in_force(subject)
        return papers.OpinionLetter(
            recipient=subject.target.name,
            found_through=mode_words(subject),
            fault=str(instrument.get_fault_display()),
            facts=instrument.findings,
            violated=instrument.basis,
            requirements=lines(instrument.requirements),
            report_by=report_by(instrument),
            contact=contact_of(matter),
            copies=copies_of(instrument),
        )


class DispositionNotice(DocumentKind):
    """行政执法监督处理决定通知书, for dates before 2026-02-01 only."""

    issuers = frozenset({Department.Kind.BUREAU.value})
    key = "supervision.disposition_notice"
    label = _("行政执法监督处理决定通知书")
    series = "行执监处"
    template = "supervision/papers/disposition_notice.html"
    about = "instrument"
    signers = (Role.SUPERVISION_HEAD.value,)

    def context(self, matter: Any, subject: SupervisionCase, _extra: dict[str, Any]) -> Any:
        """The notice."""
        instrument = in_force(subject)
        return papers.DispositionNotice(
            recipient=subject.target.name,
            filed_on=chinese_date(subject.filed_on) if subject.filed_on else "",
            cause="、".join(subject.ground_labels),
            facts=instrument.findings,
            violated=instrument.basis,
            basis=instrument.authority,
            dispositions=lines(instrument.requirements),
            perform_by=report_by(instrument),
            report_by=report_by(instrument),
            objection="你单位对本处理决定有异议的，可以向本机关书面提出并说明理由。",
            contact=contact_of(matter),
            copies=copies_of(instrument),
        )


KINDS: tuple[type[DocumentKind], ...] = (FilingForm, DispositionForm, UrgingLetter, OpinionLetter, DispositionNotice)


def in_force(case: SupervisionCase) -> Instrument:
    """The case's instrument; raises LookupError before one is drafted."""
    found = case.instrument
    if found is None:
        raise LookupError("no instrument has been drafted in this case")
    return found


def signers_of(case: SupervisionCase) -> tuple[Signer, ...]:
    """Who handles the case; a supervisor's certificate number when one is registered."""
    rows = case.supervisors.filter(relieved_on=None).select_related("user")
    return tuple(Signer(row.user.name, certificate_of(row.user)) for row in rows)


def certificate_of(user: Any) -> str:
    """The number of the person's certificate valid today, or nothing."""
    from personnel.models import Certificate

    found = Certificate.objects.filter(officer__user=user).valid_on(timezone.localdate()).first()
    return found.number if found else ""


def jurisdiction_of(case: SupervisionCase) -> str:
    """Why the bureau may look into the department's enforcement."""
    if case.needs_superior:
        lead = case.target.get_lead_display()
        return f"{lead}的行政执法机关，依条例第四十二条第二款监督，问题告知其上一级主管部门。"
    return "本级行政执法机关，属本机关监督范围（条例第六条）。"


def acts_of(case: SupervisionCase) -> str:
    """Numbers or titles of the matters the alerts are about; the rest as a count."""
    matters = [row.alert.matter for row in case.taken_up.filter(released=False).select_related("alert__matter")]
    named = list(dict.fromkeys(matter.number or matter.title for matter in matters))
    shown = "、".join(named[:5])
    return f"{shown}等 {len(named)} 件" if len(named) > 5 else shown or "—"


def numbers_of(values: list[str], chosen: Any) -> frozenset[int]:
    """Positions (1-based) of the chosen values in the list of the regulation."""
    return frozenset(values.index(value) + 1 for value in chosen)


def mode_words(case: SupervisionCase) -> str:
    """日常监督 or 重点监督, as it stands in a letter."""
    return MODES.get(case.mode, "重点监督")


def lines(text: str) -> tuple[str, ...]:
    """Each line that holds something, as one point."""
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def evidence_line(measure: Measure) -> str:
    """One measure as a line of the list of evidence."""
    place = f"，{measure.place}" if measure.place else ""
    return f"{measure.get_kind_display()}（{chinese_date(measure.taken_on)}{place}）：{measure.content}"


def report_by(instrument: Instrument) -> str:
    """The report date as printed; a draft leaves it open."""
    return chinese_date(instrument.report_on) if instrument.report_on else "____年__月__日"


def contact_of(matter: Any) -> Contact:
    """Where the bureau can be reached."""
    return Contact(address=matter.department.address, phone=matter.department.phone)


def copies_of(instrument: Instrument) -> tuple[str, ...]:
    """The superior of a vertical or dual-led body gets a copy (执法监督条例42条2款)."""
    return (instrument.superior,) if instrument.superior else ()


def missed_duties(case: SupervisionCase, on: dt.date) -> tuple[papers.MissedDuty, ...]:
    """The duties the letter covers, with what has become of each by the day of the letter."""
    rows = case.taken_up.filter(released=False).select_related("alert__obligation", "alert__matter")
    alerts = [row.alert for row in rows.order_by("alert__missed_at", "alert__pk")]
    moment, days = timezone.make_aware(dt.datetime.combine(on, dt.time(12))), calendar("xinjiang")
    return tuple(
        papers.MissedDuty(
            matter=alert.matter.title,
            number=alert.matter.number,
            duty=duty_title(alert.rule),
            basis=duty_article(alert.rule),
            due_on=alert.obligation.due_on.isoformat(),
            state=duty_state(alert.obligation, moment, days),
        )
        for alert in alerts
        if not alert.is_lifted
    )


def duty_state(obligation: Obligation, moment: dt.datetime, days: WorkCalendar) -> str:
    """«逾期 12 个工作日，未办理» or «2026年11月3日补办，…»."""
    words = light_of(obligation, moment, days).words
    if obligation.is_open:
        return f"{words}，未办理"
    if obligation.settled_at is None:
        return words
    return f"{chinese_date(timezone.localdate(obligation.settled_at))}补办，{words}"
