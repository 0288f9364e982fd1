"""The models of the supervision room, cut by entity."""

from supervision.models.alerts import Alert
from supervision.models.cases import CaseAlert, CaseSupervisor, Measure, SupervisionCase
from supervision.models.instruments import Instrument, Objection, RectificationReport

__all__ = [
    "Alert",
    "CaseAlert",
    "CaseSupervisor",
    "Instrument",
    "Measure",
    "Objection",
    "RectificationReport",
    "SupervisionCase",
]
