"""What each paper of a measure says: one frozen dataclass per template in measures/papers/."""

from __future__ import annotations

from dataclasses import dataclass

from enforcement.papers_context import PartyOnPaper
from portal.documents.blocks import Contact, Opinion, Signer


@dataclass(frozen=True)
class ThingOnPaper:
    """One line of a list."""

    line: str
    name: str
    specification: str
    quantity: str
    unit: str
    note: str


@dataclass(frozen=True)
class Letter:
    """What every letter of a measure says."""

    party: PartyOnPaper
    cause: str
    contact: Contact


@dataclass(frozen=True)
class HoldNotice(Letter):
    """先行登记保存证据通知书 (处罚法56条)."""

    reason: str
    place: str
    keeper: str
    things: tuple[ThingOnPaper, ...]
    begun_on: str


@dataclass(frozen=True)
class SeizureDecision(Letter):
    """查封（扣押）决定书 with the contents of 强制法24条2款."""

    verb: str  # 查封 or 扣押
    reason: str
    basis: str
    place: str
    keeper: str
    things: tuple[ThingOnPaper, ...]
    urgent: str
    review_body: str
    court: str


@dataclass(frozen=True)
class ThingList:
    """场所、设施、财物清单: goes with a notice or a decision."""

    heading: str
    party: PartyOnPaper
    things: tuple[ThingOnPaper, ...]
    place: str
    keeper: str
    officers: tuple[Signer, ...]


@dataclass(frozen=True)
class SeizureExtensionLetter(Letter):
    """延长查封（扣押）期限决定书 (强制法25条)."""

    verb: str
    decided_on: str
    number: str
    reason: str
    days: int
    old_due: str
    new_due: str
    review_body: str
    court: str


@dataclass(frozen=True)
class ReleaseLetter(Letter):
    """解除查封（扣押）决定书 (强制法28条)."""

    verb: str
    decided_on: str
    number: str
    ground: str
    note: str
    things: tuple[ThingOnPaper, ...]
    receiver: str


@dataclass(frozen=True)
class HoldDisposalLetter(Letter):
    """先行登记保存物品处理决定书 (处罚法56条)."""

    begun_on: str
    number: str
    fate: str
    note: str
    receiver: str
    things: tuple[ThingOnPaper, ...]


@dataclass(frozen=True)
class AppraisalNotice(Letter):
    """检测（检验、检疫、技术鉴定）期间告知书 (强制法25条3款)."""

    verb: str
    decided_on: str
    number: str
    kind: str
    body: str
    begun_on: str
    until: str


@dataclass(frozen=True)
class CorrectionNotice(Letter):
    """责令改正通知书 (处罚法28条1款)."""

    content: str
    violated: str
    basis: str
    at_once: bool
    due_on: str
    review_body: str
    court: str


@dataclass(frozen=True)
class ExtensionForm:
    """延长办案期限审批表: internal."""

    cause: str
    number: str
    party: PartyOnPaper
    filed_on: str
    old_due: str
    suspended: str
    step: str
    days: int
    basis: str
    words: str
    reason: str
    approval: str
    officer_opinion: Opinion
    head_opinion: Opinion
    new_due: str
