"""Files in a form: stored the moment they arrive, so that an error elsewhere loses none of them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from portal.attachments import AttachmentRefused, store
from portal.attachments.models import Attachment
from portal.attachments.storing import adopt
from portal.workflow.actions import Action
from portal.workflow.data import entries


class FilesWidget(forms.Widget):
    """A file control, with the files that are stored already and a box to take each out again."""

    template_name = "web/widgets/files.html"
    needs_multipart_form = True

    def __init__(self, *, most: int | None = None) -> None:
        super().__init__()
        self.most = most
        self.refused: list[str] = []
        self.matter: Any = None
        self.actor: Any = None

    def bind(self, matter: Any, actor: Any) -> None:
        """Tell whose files may be named here: those of the matter, or the person's own loose ones."""
        self.matter, self.actor = matter, actor

    def take(self, data: Any, files: Any, name: str, *, matter: Any, actor: Any) -> QueryDict:
        """Store what was uploaded; the answer is the form's data with the stored files named in it."""
        data = data.copy()
        dropped = set(data.getlist(f"{name}-drop"))
        kept = [key for key in data.getlist(name) if key and key not in dropped]
        for upload in files.getlist(name) if hasattr(files, "getlist") else []:
            try:
                kept.append(str(store(matter, upload, actor).pk))
            except AttachmentRefused as error:
                self.refused.append(str(error))
        data.setlist(name, kept[-self.most :] if self.most else kept)
        data.setlist(f"{name}-drop", [])
        return typed_query(data)

    def known(self, value: Any) -> list[Attachment]:
        """The stored files among the keys, in their order; foreign and unknown keys are left out."""
        keys = [int(key) for key in value or [] if str(key).isdigit()]
        if not keys:
            return []
        own = Attachment.objects.filter(pk__in=keys, voided_at=None)
        own = (
            own.filter(matter=self.matter)
            if self.matter is not None
            else own.filter(matter=None, uploaded_by=self.actor)
        )
        found = {row.pk: row for row in own}
        return [found[key] for key in keys if key in found]

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """The stored files beside the control."""
        context = super().get_context(name, value, attrs)
        keys = value if isinstance(value, list | tuple) else [value] if value else []
        context["kept"] = self.known(keys)
        context["several"] = self.most != 1
        return context

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[str]:
        """Keys of the stored files."""
        del files
        return [key for key in data.getlist(name) if key]

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        """An empty file control is sent as nothing."""
        return name not in data and name not in files

    def use_required_attribute(self, initial: Any) -> bool:
        """What is stored already need not be chosen again."""
        del initial
        return False


def typed_query(data: Any) -> QueryDict:
    """The copy as what forms expect."""
    assert isinstance(data, QueryDict)  # noqa: S101 - for the type checker; a form's data is nothing else
    return data


class FilesField(forms.Field):
    """Stored files, as their keys."""

    default_error_messages = {"required": _("请选择文件上传。")}

    def __init__(self, *, most: int | None = None, **options: Any) -> None:
        super().__init__(widget=FilesWidget(most=most), **options)

    def clean(self, value: Any) -> list[int]:
        """The keys of files that are really there; raises ValidationError for one that was refused."""
        widget = self.widget
        assert isinstance(widget, FilesWidget)  # noqa: S101 - for the type checker
        if widget.refused:
            raise ValidationError(list(widget.refused), code="refused")
        keys = [row.pk for row in widget.known(value)]
        if self.required and not keys:
            raise ValidationError(self.error_messages["required"], code="required")
        return keys


def adopt_files(action: Action[Any, Any], values: dict[str, Any], matter: Any, owner: Any) -> None:
    """Give the loose files of a form that has brought a matter into being to that matter."""
    keys: list[int] = []
    for name, (_field, entry) in entries(action.data).items():
        given = values.get(name) if entry.kind in {"file", "files"} else None
        keys += [int(key) for key in (given if isinstance(given, list | tuple) else [given]) if key]
    if keys:
        adopt(matter, keys, owner)
