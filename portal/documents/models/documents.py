"""Documents as issued: frozen context, verification code, and the PDF once it is rendered."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.documents.models.numbers import Number

if TYPE_CHECKING:
    from portal.accounts.models import User


class DocumentQuerySet(models.QuerySet["Document"]):
    """Documents; who sees a matter sees its documents, a guest of the matter not the internal ones."""

    def visible_to(self, user: User) -> DocumentQuerySet:
        """The documents of the matters the person may see (see DocumentKind.audience)."""
        from portal.documents.kinds import internal_kinds

        if user.sees_everything:
            return self
        granted = models.Q(matter_id__in=user.granted_matters()) & ~models.Q(kind__in=internal_kinds())
        return self.filter(models.Q(matter__department=user.home_id) | granted)

    def of(self, matter: Any) -> DocumentQuerySet:
        """A matter's documents, the oldest first."""
        return self.filter(matter=matter).select_related("issuer", "issued_by").order_by("issued_at", "id")

    def waiting(self) -> DocumentQuerySet:
        """Documents whose PDF may be made now."""
        return self.filter(state=Document.State.PENDING, due_at__lte=timezone.now())


class Document(models.Model):
    """One official document. What was issued never changes (a trigger refuses); only its PDF is added.

    `frozen` is the canonical text of everything the template is told; `state` says how far the PDF is.
    That a worker is at it this moment is not a state but the lock on the row (see press.progress).
    """

    class State(models.TextChoices):
        PENDING = "pending", _("等待制作")
        READY = "ready", _("已制作")
        FAILED = "failed", _("制作失败")
        VOID = "void", _("作废")

    matter = models.ForeignKey("matters.Matter", models.PROTECT, related_name="documents", verbose_name=_("事项"))
    kind = models.CharField(_("文书种类"), max_length=60)
    title = models.CharField(_("标题"), max_length=200)
    about = models.CharField(_("所关"), max_length=80, blank=True)
    number = models.CharField(_("文号"), max_length=80, blank=True)
    number_row = models.OneToOneField(Number, models.PROTECT, null=True, editable=False, related_name="document")
    issuer = models.ForeignKey("accounts.Department", models.PROTECT, related_name="+", verbose_name=_("发文机关"))
    issued_on = models.DateField(_("成文日期"))
    issued_at = models.DateTimeField(_("签发时间"), default=timezone.now)
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("签发人")
    )
    event = models.ForeignKey("ledger.Event", models.PROTECT, null=True, editable=False, related_name="documents")
    code = models.CharField(_("验证码"), max_length=12, unique=True)
    template = models.CharField(max_length=120)
    template_hash = models.CharField(max_length=64)
    frozen = models.TextField()
    frozen_sha256 = models.CharField(max_length=64)
    state = models.CharField(_("状态"), max_length=10, choices=State.choices, default=State.PENDING)
    due_at = models.DateTimeField(default=timezone.now)
    attempts = models.PositiveSmallIntegerField(_("制作次数"), default=0)
    error = models.TextField(_("失败原因"), blank=True)
    ready_at = models.DateTimeField(_("制作完成"), null=True, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    sm3 = models.CharField(max_length=64, blank=True)
    size = models.PositiveIntegerField(_("字节"), default=0)
    pages = models.PositiveSmallIntegerField(_("页数"), default=0)
    faces = models.JSONField(default=list, blank=True)
    engine = models.CharField(max_length=40, blank=True)
    voided_at = models.DateTimeField(_("作废时间"), null=True, blank=True)
    voided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    void_reason = models.CharField(_("作废理由"), max_length=200, blank=True)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("文书")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["number"], condition=~models.Q(number=""), name="document_number_once"),
            models.CheckConstraint(
                condition=~models.Q(state="ready") | ~models.Q(sha256=""), name="ready_document_has_a_hash"
            ),
            models.CheckConstraint(
                condition=~models.Q(state="void") | ~models.Q(void_reason=""), name="void_document_says_why"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["due_at", "id"], condition=models.Q(state="pending"), name="document_waiting"),
            models.Index(fields=["sha256"], condition=~models.Q(sha256=""), name="document_by_hash"),
            models.Index(fields=["sm3"], condition=~models.Q(sm3=""), name="document_by_sm3"),
        ]

    def __str__(self) -> str:
        return self.number or self.title

    def get_absolute_url(self) -> str:
        """The document's page on the desk."""
        return reverse("documents:page", args=[self.pk])

    @property
    def context(self) -> dict[str, Any]:
        """What the template was told: `paper` by the mill, `content` by the kind."""
        frozen: dict[str, Any] = json.loads(self.frozen)
        return frozen

    @property
    def is_ready(self) -> bool:
        """Whether the PDF can be served (a void document keeps the PDF it had)."""
        return bool(self.sha256)

    @property
    def name_for_download(self) -> str:
        """A file name: number or title."""
        return f"{self.number or self.title}.pdf"


class DocumentFile(models.Model):
    """The PDF of a document, in a table of its own so that lists never carry the bytes. Append-only.

    Kept in the database, not in a folder: it comes into being in the same transaction as the state
    «ready», the hashes and the public row, is in every backup with them, and a trigger guards it.
    """

    document = models.OneToOneField(Document, models.PROTECT, primary_key=True, related_name="file")
    pdf = models.BinaryField()

    def __str__(self) -> str:
        return f"PDF {self.document_id}"
