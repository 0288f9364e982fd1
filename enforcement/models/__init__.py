"""The models of enforcement, cut by what they are about."""

from enforcement.imports.models import ImportedRow, ImportProblem, ImportRun
from enforcement.models.acts import ActOfficer, EnforcementAct, Evidence, Party
from enforcement.models.cases import Case, Decision, Payment, PenaltyKind, PenaltyNotice, Statement
from enforcement.models.items import EnforcementItem
from enforcement.models.lenience import Circumstance
from enforcement.models.service import Service

__all__ = [
    "ActOfficer",
    "Case",
    "Circumstance",
    "Decision",
    "EnforcementAct",
    "EnforcementItem",
    "Evidence",
    "ImportProblem",
    "ImportRun",
    "ImportedRow",
    "Party",
    "Payment",
    "PenaltyKind",
    "PenaltyNotice",
    "Service",
    "Statement",
]
