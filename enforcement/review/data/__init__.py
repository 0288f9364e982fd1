"""What each action of review, suspicion and deliberation asks."""

from enforcement.review.data.deliberating import Deliberate
from enforcement.review.data.opining import Opine
from enforcement.review.data.reviewing import Assign, Chair, Extend, Submit, Take, Withdraw
from enforcement.review.data.suspecting import Clear, Suspect

__all__ = ["Assign", "Chair", "Clear", "Deliberate", "Extend", "Opine", "Submit", "Suspect", "Take", "Withdraw"]
