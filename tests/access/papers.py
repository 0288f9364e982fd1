"""Who may open documents, their numbers, files and notices: those of a visible matter; a stranger's are 404."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from portal.accounts.models import User
from portal.accounts.roles import Role
from portal.attachments import store
from portal.attachments.models import Attachment
from portal.documents import numbering, press
from portal.documents.codes import new_code
from portal.documents.models import Document, Number
from portal.inbox import notify
from portal.inbox.models import Notice
from tests.access.matrix import SIGN_IN, Access, World, belongs, page, roles, signed_in

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
MANAGERS = (Role.DEPT_ADMIN,)


def own_document(world: World) -> Document:
    """The filing form of the market bureau's case, made."""

    def make() -> Document:
        document = Document.objects.filter(matter=world.own_case.matter).order_by("pk").first()
        assert document is not None
        press.render(document.pk)
        return document

    return world.once("own document", make)


def foreign_document(world: World) -> Document:
    """A document of the city management that is not made yet."""
    return world.once(
        "foreign document",
        lambda: Document.objects.create(
            matter=world.foreign_case.matter,
            kind="enforcement.filing_form",
            title="示例文书（虚构）",
            issuer=world.cast.city,
            issued_on=timezone.localdate(),
            code=new_code(),
            template="enforcement/papers/filing_form.html",
            template_hash="0" * 64,
            frozen="{}",
            frozen_sha256="0" * 64,
        ),
    )


def paper(end: str, *, foreign: int = 200, data: dict[str, Any] | None = None, **options: Any) -> Access:
    """An address below an own and a foreign document."""
    return Access(
        lambda world: f"/desk/documents/{own_document(world).pk}/{end}",
        belongs("market", **options),
        data=data,
        also=(
            Access(
                lambda world: f"/desk/documents/{foreign_document(world).pk}/{end}",
                belongs(
                    "city",
                    **(
                        options
                        | {"status": foreign, "bureau": foreign if foreign < 300 else options.get("bureau", foreign)}
                    ),
                ),
                data=data,
            ),
        ),
    )


def reserved(department: str, person: str) -> Callable[[World], str]:
    """The address that voids a number kept in reserve."""

    def address(world: World) -> str:
        def make() -> Number:
            body = getattr(world.cast, department)
            return numbering.reserve_block(body, "立", 1, actor=getattr(world.cast, person), purpose="示例（虚构）")[0]

        return f"/desk/documents/numbers/{world.once(f'reserved {department}', make).pk}/void/"

    return address


def managers_of(department: str) -> Callable[[World, User | None], int]:
    """Platform administrators of the department; others are told, those of other departments do not see it."""

    def answer(world: World, person: User | None) -> int:
        if person is None:
            return SIGN_IN
        if not person.has_role(*MANAGERS):
            return 403
        return 302 if person.department_id == getattr(world.cast, department).pk else 404

    return answer


def file_of(case: str, person: str) -> Callable[[World], Attachment]:
    """A PDF of a case."""

    def made(world: World) -> Attachment:
        def make() -> Attachment:
            upload = SimpleUploadedFile("示例.pdf", PDF, content_type="application/pdf")
            return store(getattr(world, case).matter, upload, getattr(world.cast, person))

        return world.once(f"attachment {case}", make)

    return made


own_file, foreign_file = file_of("own_case", "officer"), file_of("foreign_case", "foreign_officer")


def attached(end: str, *, data: dict[str, Any] | None = None, **options: Any) -> Access:
    """An address below an own and a foreign file."""
    return Access(
        lambda world: f"/desk/attachments/{own_file(world).pk}/{end}",
        belongs("market", **options),
        data=data,
        also=(
            Access(
                lambda world: f"/desk/attachments/{foreign_file(world).pk}/{end}", belongs("city", **options), data=data
            ),
        ),
    )


def notice(part: str) -> Callable[[World], str]:
    """The address of somebody's notice."""

    def address(world: World) -> str:
        def make() -> Notice:
            return notify([getattr(world.cast, part)], "示例消息（虚构）", kind="example")[0]

        return f"/desk/notices/{world.once(f'notice {part}', make).pk}/open/"

    return address


def only(part: str) -> Callable[[World, User | None], int]:
    """Nobody but the person told."""

    def answer(world: World, person: User | None) -> int:
        if person is None:
            return SIGN_IN
        return 302 if person.pk == getattr(world.cast, part).pk else 404

    return answer


ENTRIES = {
    "documents:numbers": Access(page("/desk/documents/numbers/"), roles(*MANAGERS)),
    "documents:number-void": Access(
        reserved("market", "dept_admin"),
        managers_of("market"),
        data={"reason": "示例（虚构）"},
        also=(Access(reserved("city", "foreign_head"), managers_of("city"), data={"reason": "示例（虚构）"}),),
    ),
    "documents:page": paper(""),
    # Nothing new to draw of a finished one.
    "documents:progress": paper("progress/", status=204, foreign=200),
    "documents:file": paper("file/", foreign=404),
    "documents:again": paper("again/", data={}, status=302, bureau=403, foreign=302),
    "documents:print": Access(
        lambda world: f"/desk/documents/print/{world.own_case.pk}/",
        belongs("market"),
        also=(Access(lambda world: f"/desk/documents/print/{world.foreign_case.pk}/", belongs("city")),),
    ),
    "documents:bound": Access(
        lambda world: f"/desk/documents/print/{world.own_case.pk}/pdf/?document={own_document(world).pk}",
        belongs("market"),
        also=(
            Access(
                # Nothing of it is made yet: a document of another case named here is not bound either.
                lambda world: f"/desk/documents/print/{world.foreign_case.pk}/pdf/?document={own_document(world).pk}",
                belongs("city", status=403),
            ),
        ),
    ),
    "attachments:page": attached(""),
    "attachments:download": attached("file/"),
    "attachments:void": attached("void/", data={"reason": "示例（虚构）"}, status=302, bureau=403),
    "inbox:notices": Access(page("/desk/notices/"), signed_in()),
    "inbox:read-all": Access(page("/desk/notices/read/"), signed_in(302), data={}),
    "inbox:open": Access(
        notice("officer"),
        only("officer"),
        data={},
        also=(Access(notice("foreign_officer"), only("foreign_officer"), data={}),),
    ),
}
