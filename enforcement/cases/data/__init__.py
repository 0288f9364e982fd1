"""What each action on a penalty case asks; in the order of the paper form."""

from enforcement.cases.data.afterwards import Annul, Close, ConfirmService, Pay, Serve, public_notice_ends
from enforcement.cases.data.fields import (
    LATE,
    late_reason,
    not_in_future,
    on_day,
    penalty_problems,
    tier_base,
    tier_entry,
    tier_reason,
)
from enforcement.cases.data.intake import AddEvidence, AddParty, Amend, Decline, File, PartyData, Register
from enforcement.cases.data.no_penalty import UNPUNISHED, NoPenalty
from enforcement.cases.data.outcome import Conclude, Decide, Notify, State

__all__ = [
    "LATE",
    "UNPUNISHED",
    "AddEvidence",
    "AddParty",
    "Amend",
    "Annul",
    "Close",
    "Conclude",
    "ConfirmService",
    "Decide",
    "Decline",
    "File",
    "NoPenalty",
    "Notify",
    "PartyData",
    "Pay",
    "Register",
    "Serve",
    "State",
    "late_reason",
    "not_in_future",
    "on_day",
    "penalty_problems",
    "public_notice_ends",
    "tier_base",
    "tier_entry",
    "tier_reason",
]
