"""Everything that can be done with an alert or a supervision case."""

from __future__ import annotations

from typing import Any

from portal.workflow.actions import Action
from supervision.actions import answers, disposition, investigation, leads, rectification, service
from supervision.alerts import DISMISS, RAISE

ACTIONS: tuple[Action[Any, Any], ...] = (
    RAISE,
    DISMISS,
    leads.OPEN,
    leads.DECLARE,
    leads.ASSIGN,
    leads.FILE,
    leads.DECLINE,
    investigation.MEASURE,
    investigation.TERMINATE,
    disposition.DISPOSE,
    disposition.ISSUE,
    service.RECEIVE,
    service.SERVE,
    rectification.REPORT,
    rectification.REMIND,
    rectification.ACCEPT,
    rectification.REJECT,
    rectification.CLOSE,
    answers.OBJECT,
    answers.MAINTAIN,
    answers.WITHDRAW,
)
