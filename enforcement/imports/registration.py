"""What the import puts on the registers: its two actions on a case, and the job the worker does."""

from __future__ import annotations

from enforcement.imports.completing import COMPLETE
from enforcement.imports.jobs import TOPIC, hand_over
from enforcement.imports.registering import REGISTER_IMPORTED
from portal import outbox
from portal.workflow import registry


def register() -> None:
    """Called in AppConfig.ready()."""
    registry.register(REGISTER_IMPORTED, COMPLETE)
    outbox.handles(TOPIC)(hand_over)
