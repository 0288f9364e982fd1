"""Demo examinations: an invented bank, a periodic assessment that is over, a qualification examination that is open."""

from __future__ import annotations

import datetime as dt
from typing import Any

import time_machine
from django.db.models import Exists, OuterRef
from django.utils import timezone

from personnel.examinations import answering, bank, importing, marking, preparing, preparing_data, sittings
from personnel.examinations.content import Add
from personnel.examinations.models import Candidate, Examination, Item, Kind, Script, Sitting
from personnel.models import Certificate, Officer
from portal.accounts.models import Department, User
from portal.accounts.roles import Role
from portal.inbox.models import Notice
from portal.workflow.data import Nothing
from portal.workflow.door import perform

SAT_BY = "SCJGJ"
MOST_SITTERS = 10
LETTERS = "ABCDEFGHIJ"
TOPICS = ("行政处罚程序", "证据收集", "听证", "送达", "法制审核", "执法公示", "全过程记录", "裁量基准")


def carry_out(today: dt.date) -> None:
    """Three weeks ago a bank and an assessment of one department; since yesterday an examination for newcomers."""
    head = _holder(Role.SUPERVISION_HEAD)
    clerk = _holder(Role.SUPERVISOR)
    department = Department.objects.filter(code=SAT_BY).first()
    if head is None or clerk is None or department is None:
        return
    with _at(today - dt.timedelta(days=25), 10):
        _bank(clerk, head)
    _assessment(today, clerk, department)
    _open(today, clerk)
    Notice.objects.filter(read_at=None, kind="examinations", created_at__date__lt=today - dt.timedelta(days=7)).update(
        read_at=timezone.now()
    )


def _holder(role: Role) -> User | None:
    rows = User.objects.filter(department__kind=Department.Kind.BUREAU, role_assignments__role=role, is_active=True)
    return rows.select_related("department").order_by("pk").first()


def _lines() -> str:
    singles = [
        f"{8001 + number}\t（演示题）关于{topic}，下列说法正确的是（）（虚构）\t正确答案：{LETTERS[number % 4]}"
        + "".join(f"\t{letter}．{topic}示例说法{letter}" for letter in "ABCD")
        for number, topic in enumerate(TOPICS * 2)
    ]
    judges = [
        f"{8101 + number}\t（演示题）{topic}应当依照法定程序进行。（虚构）\t正确答案：{'AB'[number % 2]}\tA：对\tB：错"
        for number, topic in enumerate(TOPICS)
    ]
    return "\r\n".join([*singles, *judges])


def _bank(clerk: User, head: User) -> None:
    file, fresh = importing.take_in(_lines().encode(), name="演示题库（虚构）.txt", subjects=("通用",), actor=clerk)
    if fresh:
        perform(file, bank.ADOPT, actor=head, data=Nothing())
    case = Add(
        kind=Kind.CASE.value, stem="（演示题）两名执法人员检查一家示例超市后当场作出决定，请分析程序。（虚构）",
        reference="身份、告知、陈述申辩、送达，各占四分之一。", reason="补充案例题", subjects="通用",
    )  # fmt: skip
    change = perform(None, bank.ADD, actor=clerk, data=case).subject
    perform(change, bank.ACCEPT, actor=head, data=Nothing())


def _exam(clerk: User, rows: tuple[tuple[str, int, str], ...], only: tuple[int, ...] = (), **given: Any) -> Examination:
    made = perform(None, preparing.PREPARE, actor=clerk, data=preparing_data.Prepare(**given)).subject
    for kind, count, points in rows:
        row = preparing_data.AddRow(kind, count, points)
        made = perform(made, preparing.ADD_ROW, actor=clerk, data=row).subject
    return perform(made, preparing.PUBLISH, actor=clerk, data=preparing_data.Invite(only)).subject  # type: ignore[no-any-return]


def _assessment(today: dt.date, clerk: User, department: Department) -> None:
    first = today - dt.timedelta(days=22)
    holders = Certificate.objects.filter(officer=OuterRef("pk"), ended_on=None, valid_to__gte=today)
    if not Officer.objects.filter(Exists(holders), department=department, active=True).exists():
        return
    with _at(first, 9):
        exam = _exam(
            clerk, (("single", 10, "5"), ("judge", 5, "4"), ("case", 1, "30")), (department.pk,), purpose="periodic",
            title=f"{first.year} 年行政执法人员定期考核（演示，虚构）", opens_at=timezone.now(),
            closes_at=timezone.now() + dt.timedelta(days=7), minutes=90, points="60", attempts=1, wait_days=0,
        )  # fmt: skip
    rows = Candidate.objects.filter(examination=exam, officer__user__isnull=False)
    sitters = list(rows.select_related("officer__user", "examination").order_by("officer_id")[:MOST_SITTERS])
    for number, candidate in enumerate(sitters[: max(1, len(sitters) - 1)]):
        with _at(first + dt.timedelta(days=1 + number % 5), 10) as clock:
            sitting = sittings.begin(candidate, user=candidate.officer.user)
            _answer(sitting, number)
            clock.shift(dt.timedelta(minutes=40))
            sittings.hand_in(sitting, user=candidate.officer.user)
    with _at(first + dt.timedelta(days=8), 10):
        for number, script in enumerate(Script.objects.filter(state=Script.State.WAITING).order_by("item__sitting")):
            perform(script, marking.MARK, actor=clerk, data=marking.Mark(str(14 + 3 * (number % 5))))
        perform(Examination.objects.get(pk=exam.pk), preparing.CLOSE, actor=clerk, data=Nothing())


def _answer(sitting: Sitting, skill: int) -> None:
    """Every third to fifth question is answered wrongly, so that figures differ."""
    for item in Item.objects.filter(sitting=sitting).select_related("version__question"):
        right = set(item.version.answer)
        if item.position % (2 + skill % 4) == 0:
            right = {next(letter for letter in item.order if letter not in right)} if item.order else right
        letters = [LETTERS[item.order.index(letter)] for letter in right]
        words = "两名执法人员，已告知，已听取陈述申辩。（演示）"
        given = answering.Given(letters, words, writer="demo")
        answering.save(item, item.version.question.kind, given, now=timezone.now())


def _open(today: dt.date, clerk: User) -> None:
    held = Certificate.objects.filter(officer=OuterRef("pk"), ended_on=None, valid_to__gte=today)
    if not Officer.objects.filter(~Exists(held), active=True).exists():
        return
    with _at(today - dt.timedelta(days=1), 9):
        _exam(
            clerk, (("single", 10, "8"), ("judge", 5, "4")), purpose="qualification",
            title=f"{today.year} 年行政执法资格考试（演示，虚构）", opens_at=timezone.now(),
            closes_at=timezone.now() + dt.timedelta(days=7), minutes=60, points="60", attempts=2, wait_days=3,
        )  # fmt: skip


def _at(day: dt.date, hour: int) -> Any:
    return time_machine.travel(dt.datetime.combine(day, dt.time(hour), timezone.get_default_timezone()), tick=True)
