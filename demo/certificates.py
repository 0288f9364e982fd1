"""Certificates for the demo: photographs, an annual check with one who failed, a renewal, a loss, a ministry's card."""

from __future__ import annotations

import datetime as dt
import io

from PIL import Image, ImageDraw

from personnel import actions, expiry, keeping, losing
from personnel.gallery import keep_picture
from personnel.models import Certificate, CheckSetting, Officer, OfficerPicture, Provenance
from portal.accounts.models import User
from portal.workflow.door import perform

PHOTOGRAPHED = 12
CHECKED, FAILED = "CGJ", "cgj.officer4"
RENEWED, LOST, MINISTRY = "wsjkw.officer3", "scjgj.officer4", "sthjj.officer3"
FIVE_YEARS = dt.timedelta(days=1826)
COLOURS = ("#31475c", "#4a3f55", "#2f5a4a", "#5c4131")


def carry_out(today: dt.date) -> None:
    """What the page of a certificate shows, once each; runs once, right after the loading's last week."""
    people = {user.username: user for user in User.objects.select_related("department")}
    bureau, head = people["sfj.supervisor1"], people["sfj.supervision_head"]
    _photographs(people)
    CheckSetting.objects.create(
        from_year=today.year,
        required=True,
        until_month=12,
        until_day=31,
        ground="演示假定：没有查到自治区的年审规定原文",
        made_by=head,
    )
    _check(today, bureau)
    if renewed := _of(RENEWED):
        new = keeping.Renew(renewed.valid_to + dt.timedelta(days=1), renewed.valid_to + FIVE_YEARS, "换证通知（示例）")
        perform(renewed, keeping.RENEW, actor=bureau, data=new)
    if lost := _of(LOST):
        told = losing.Lose("下乡检查途中遗失，已报警（虚构）。")
        gone = perform(lost, losing.LOSE, actor=people["scjgj.admin"], data=told).subject
        again = losing.Reissue(f"{lost.number}-2", today, lost.valid_to, "补发通知（示例）")
        perform(gone, losing.REISSUE, actor=bureau, data=again)
    _ministry(today, people)
    expiry.tell(today)


def _of(username: str) -> Certificate | None:
    rows = Certificate.objects.filter(officer__user__username=username, state=Certificate.State.ISSUED)
    return rows.select_related("officer__department").order_by("pk").first()


def _photographs(people: dict[str, User]) -> None:
    known = OfficerPicture.objects.values("officer")
    officers = Officer.objects.filter(department__code__in=("SCJGJ", "CGJ"), active=True).exclude(pk__in=known)
    for number, officer in enumerate(officers.select_related("department").order_by("pk")[:PHOTOGRAPHED]):
        admin = people[f"{officer.department.code.lower()}.admin"]
        keep_picture(officer, OfficerPicture.Kind.PHOTO, _silhouette(number), actor=admin)


def _silhouette(number: int) -> bytes:
    """Nobody: a drawn head and shoulders."""
    picture = Image.new("RGB", (413, 579), "#e4ebf1")
    pen = ImageDraw.Draw(picture)
    pen.pieslice((46, 370, 367, 790), 180, 360, fill=COLOURS[number % len(COLOURS)])
    pen.ellipse((126, 130, 287, 340), fill="#d8b48f" if number % 2 else "#e9c9a8")
    pen.pieslice((118, 95, 295, 300), 180, 360, fill="#22272c")
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=85)
    return out.getvalue()


def _check(today: dt.date, bureau: User) -> None:
    """One department is through; one officer of it has failed."""
    rows = Certificate.objects.filter(
        officer__department__code=CHECKED, ended_on=None, provenance__source=Provenance.Source.REGION
    )
    for certificate in rows.select_related("officer__user").order_by("pk"):
        user = certificate.officer.user
        failed = user is not None and user.username == FAILED
        data = keeping.Check(today.year, "failed" if failed else "passed", "年度考核不合格（虚构）" if failed else "")
        perform(certificate, keeping.CHECK, actor=bureau, data=data)


def _ministry(today: dt.date, people: dict[str, User]) -> None:
    officer = Officer.objects.filter(user__username=MINISTRY, active=True).first()
    if officer is None:
        return
    data = actions.Register(
        officer=officer.pk,
        number="示例部证0001",
        issuer="国务院某部门（示例）",
        fields=("生态环境",),
        area="全国",
        valid_from=today - dt.timedelta(days=200),
        valid_to=today - dt.timedelta(days=200) + FIVE_YEARS,
        source=Provenance.Source.MINISTRY.value,
    )
    perform(None, actions.REGISTER, actor=people["sthjj.admin"], data=data)
