"""What the import puts on the registers: its two actions on a case, the job the worker does, its place in the bar."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from enforcement.imports.completing import COMPLETE
from enforcement.imports.jobs import TOPIC, hand_over
from enforcement.imports.registering import MAY_IMPORT, REGISTER_IMPORTED
from portal import outbox
from portal.inbox.kinds import NoticeKind, register_notice_kind
from portal.web.navigation import HANDLING, NavigationItem, register_navigation
from portal.workflow import registry


def register() -> None:
    """Called in AppConfig.ready()."""
    registry.register(REGISTER_IMPORTED, COMPLETE)
    outbox.handles(TOPIC)(hand_over)
    register_notice_kind(NoticeKind(TOPIC, _("信息归集")))
    register_navigation(NavigationItem(_("信息归集"), "enforcement:imports", 40, roles=MAY_IMPORT, group=HANDLING))
