"""What the import of officers puts on the registers."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from personnel.imports.jobs import TOPIC, work
from personnel.imports.registering import REGISTER_IMPORTED
from portal import outbox
from portal.inbox.kinds import NoticeKind, register_notice_kind
from portal.workflow import registry


def register() -> None:
    """Called in AppConfig.ready()."""
    registry.register(REGISTER_IMPORTED)
    outbox.handles(TOPIC)(work)
    register_notice_kind(NoticeKind(TOPIC, _("人员导入")))
