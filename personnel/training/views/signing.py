"""Signing in: the code on the projector, the officer's phone, and a file with names."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import segno
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from personnel.models import Officer
from personnel.training.codes import code_of, is_current, seconds_left, step_of
from personnel.training.importing import read_rows
from personnel.training.models import Session
from personnel.training.session_data import SignCode, SignRows
from personnel.training.sessions import HOSTS, SIGN_CODE, SIGN_ROWS
from personnel.training.views.sessions import times
from portal.tabular.tables import UnreadableError
from portal.web.base import DeskView, visible_or_404
from portal.workflow.door import perform
from portal.workflow.errors import Blocked, Forbidden, Unmet

LARGEST = 5 * 1024 * 1024


class HostView(DeskView):
    """A page of whoever hosts the session."""

    roles = HOSTS

    def session(self, pk: int) -> Session:
        """The session if it is the own department's; raises Forbidden for another's that one sees."""
        session = visible_or_404(Session, pk, self.user, "matter__department")
        if session.matter.department_id != self.user.home_id:
            raise Forbidden(_("这一步由%(who)s的人员办理。") % {"who": session.matter.department.name}, self.roles)
        return session


class CodeView(HostView):
    """`/desk/training/sessions/<pk>/code/`: for the projector; asks for the next code by itself."""

    def get(self, request: Any, pk: int) -> HttpResponse:
        """The page, or for htmx the part that changes."""
        session, now = self.session(pk), timezone.now()
        address = settings.DESK_URL + reverse("training:scan", args=[pk, code_of(pk, step_of(now))])
        drawn = segno.make(address, error="m", micro=False).svg_inline(
            border=2, omitsize=True, title=_("签到二维码"), svgclass="zf-qr-large"
        )
        template = "training/_code.html" if request.htmx else "training/code.html"
        answer = self.page(
            template,
            {
                "session": session,
                "times": times(session),
                "admits": session.admits(now),
                "picture": mark_safe(drawn),  # noqa: S308 - drawn here, from an address of our own
                "address": address,
                "left": seconds_left(now),
                "count": session.attendances.filter(on=timezone.localdate(now)).count(),
                "crumbs": [
                    {"label": session.topic, "url": reverse("training:session", args=[pk])},
                    {"label": _("签到码")},
                ],
            },
        )
        answer["Cache-Control"] = "no-store"
        return answer


class ScanView(DeskView):
    """`/desk/training/sign/<pk>/<code>/`: what the phone opens; the code is judged here and again inside the door."""

    def get(self, _request: Any, pk: int, code: str) -> HttpResponse:
        """Session, name, and the button; or why it does not work."""
        session, officer = self.found(pk)
        now = timezone.now()
        why = ""
        if not session.takes(officer):
            why = _("这次培训不面向您所在的部门。")
        elif not session.admits(now):
            why = _("现在不是这次培训的签到时间：开始前半小时到结束后半小时内可以扫码。")
        elif not is_current(pk, code, now):
            why = _("这个码已经过期。码每 30 秒换一次，请对着投影重新扫。")
        return self.show(session, officer, why)

    def post(self, request: Any, pk: int, code: str) -> HttpResponseBase:
        """Sign in, once however often it is sent."""
        session, officer = self.found(pk)
        try:
            perform(
                session, SIGN_CODE, actor=None, data=SignCode(officer.pk, self.user.pk, code), request_id=request.id
            )
        except Blocked as refusal:
            return self.show(session, officer, "".join(one.sentence for one in refusal.unmet), status=422)
        return redirect("training:scan", pk, code)

    def found(self, pk: int) -> tuple[Session, Officer]:
        """The session and the person's entry in the register of officers; raises Blocked without one."""
        session = visible_or_404(Session, pk, self.user, "matter__department")
        officer = Officer.objects.filter(user=self.user, active=True).select_related("department").first()
        if officer is None:
            words = _("您的账号没有对应的在岗执法人员登记，不能签到。请找本部门平台管理员登记。")
            raise Blocked([Unmet("officer_registered", words, ("PX-01",))])
        return session, officer

    def show(self, session: Session, officer: Officer, why: str, *, status: int = 200) -> HttpResponse:
        """The page."""
        signed = session.attendances.filter(officer=officer, on=timezone.localdate()).first()
        context = {"session": session, "officer": officer, "times": times(session), "why": why, "signed": signed}
        return self.page("training/scan.html", context, status=status)


class ImportView(HostView):
    """`/desk/training/sessions/<pk>/import/`: a CSV or XLSX of names; good rows are taken, the others explained."""

    def get(self, _request: Any, pk: int) -> HttpResponse:
        """The form."""
        return self.show(self.open_session(pk), {})

    def post(self, request: Any, pk: int) -> HttpResponseBase:
        """Take the good rows."""
        session = self.open_session(pk)
        upload = request.FILES.get("file")
        if upload is None or upload.size > LARGEST:
            words = _("请选一个文件。") if upload is None else _("文件超过 5 MB，请只留姓名和证号两列。")
            return self.show(session, {"problem": words}, status=422)
        with tempfile.NamedTemporaryFile(suffix=Path(upload.name).suffix[:8]) as kept:
            for part in upload.chunks():
                kept.write(part)
            kept.flush()
            try:
                rows = read_rows(Path(kept.name), session)
            except UnreadableError as refusal:
                return self.show(session, {"problem": refusal.sentence}, status=422)
        before = session.attendances.count()
        if rows.taken:
            data = SignRows(tuple(row.officer for row in rows.taken), tuple(row.on.isoformat() for row in rows.taken))
            perform(session, SIGN_ROWS, actor=self.user, data=data, request_id=request.id)
        new = session.attendances.count() - before
        if not rows.refused:
            messages.success(request, _("已登记 %(new)d 人次签到。") % {"new": new})
            return redirect("training:session", pk)
        return self.show(session, {"rows": rows, "new": new, "again": len(rows.taken) - new})

    def open_session(self, pk: int) -> Session:
        """The session while it takes signatures; 404 afterwards."""
        session = self.session(pk)
        if session.state != Session.State.OPEN:
            raise Http404
        return session

    def show(self, session: Session, found: dict[str, Any], *, status: int = 200) -> HttpResponse:
        """The page."""
        crumbs = [
            {"label": session.topic, "url": reverse("training:session", args=[session.pk])},
            {"label": _("导入签到表")},
        ]
        return self.page("training/import.html", {"session": session, "crumbs": crumbs} | found, status=status)
