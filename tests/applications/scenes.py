"""Applications for tests, made through the door like real ones."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.utils import timezone

from personnel.applications import actions, data, letters
from personnel.applications.models import Application, Letter
from personnel.gallery import keep_picture
from personnel.models import Officer
from portal.accounts.models import User
from portal.attachments import store
from portal.attachments.storing import adopt
from portal.matters.models import Matter
from portal.workflow.door import perform
from portal.workflow.proposals import approve, request
from tests.cast import Cast, fresh
from tests.personnel import scenes as personnel
from tests.personnel.pictures import drawn

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
ADMITTED = "institution"


def proof(by: User, matter: Matter | None = None, name: str = "在编证明.pdf") -> int:
    """An uploaded proof; its key."""
    return store(matter, SimpleUploadedFile(name, PDF), by).pk


def applicant(cast: Cast, name: str = "甲示例", serial: int = 41, **more: Any) -> Officer:
    """An officer of the market bureau whose register entry is whole."""
    made = personnel.officer(
        more.pop("department", cast.market), name, identity=personnel.identity_number(serial), gender="male", **more
    )
    keep_picture(made, "photo", drawn(), actor=cast.dept_admin)
    return made


def draw_data(officer: Officer, by: User, **changes: Any) -> data.Draw:
    """What the department's administrator types."""
    values: dict[str, Any] = {
        "officer": officer.pk,
        "staffing": ADMITTED,
        "post": "综合执法大队一级行政执法员",
        "staffing_file": "示编〔2024〕8号",
        "proof": proof(by),
        "fields": ("市场监管",),
        "area": "示例区",
        "education": "本科",
    }
    return data.Draw(**(values | changes))


def drawn_up(cast: Cast, officer: Officer | None = None, *, by: User | None = None, **changes: Any) -> Application:
    """A draft."""
    actor = by or cast.dept_admin
    given = draw_data(officer or applicant(cast), actor, **changes)
    made = perform(None, actions.DRAW, actor=fresh(actor), data=given).subject
    if given.proof:
        with transaction.atomic():
            adopt(made.matter, [given.proof], actor)
    return again(made)


def again(application: Application) -> Application:
    """As it is in the database now."""
    return Application.objects.get(pk=application.pk)


def submitted(cast: Cast, application: Application | None = None, **changes: Any) -> Application:
    """Put forward by the administrator, approved by the head."""
    found = application or drawn_up(cast, **changes)
    proposal = request(found, actions.SUBMIT, actor=fresh(cast.dept_admin), data=data.Submit("材料属实，同意申领。"))
    approve(proposal, actor=fresh(cast.head))
    return again(found)


def recorded(cast: Cast, application: Application) -> data.Examine:
    """A result from outside the portal, with its proof."""
    return data.Examine(
        way="recorded",
        title="全区行政执法资格考试（示例）",
        taken_on=timezone.localdate() - dt.timedelta(days=20),
        points="87 分，合格",
        proof=proof(cast.supervisor, application.matter, "成绩单.pdf"),
    )


def examined(cast: Cast, application: Application | None = None, **changes: Any) -> Application:
    """The bureau has looked at a result from outside."""
    found = application or submitted(cast, **changes)
    perform(found, actions.EXAMINE, actor=fresh(cast.supervisor), data=recorded(cast, found))
    return again(found)


def passed(cast: Cast, application: Application | None = None, **changes: Any) -> Application:
    """The bureau's first examination found nothing missing."""
    found = application or examined(cast, **changes)
    perform(found, actions.PASS, actor=fresh(cast.supervisor), data=data.Pass())
    return again(found)


def forwarded(cast: Cast, *applications: Application) -> Letter:
    """A letter to the issuer: put forward by a supervisor, approved by the head of supervision."""
    given = letters.Forward(tuple(str(one.pk) for one in applications), "region", "示例自治区司法厅")
    proposal = request(None, letters.FORWARD, actor=fresh(cast.supervisor), data=given)
    made: Letter = approve(proposal, actor=fresh(cast.supervision_head)).subject
    return made


def printed(number: str = "示例证000001", **changes: Any) -> data.Issue:
    """The certificate that came back."""
    today = timezone.localdate()
    values: dict[str, Any] = {
        "number": number,
        "issuer": "示例自治区人民政府",
        "fields": ("市场监管",),
        "area": "示例区",
        "valid_from": today - dt.timedelta(days=1),
        "valid_to": today + dt.timedelta(days=1800),
    }
    return data.Issue(**(values | changes))


def drawn_up_and_sent(cast: Cast, officer: Officer) -> Application:
    """Already looked at by the bureau."""
    return examined(cast, submitted(cast, drawn_up(cast, officer)))
