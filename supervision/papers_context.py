"""What each paper of a supervision case says: one frozen dataclass per template in supervision/papers/.

The domain fills these; the templates know nothing else. All values are text as it is to be printed.
条例 is the 行政执法监督条例, in force since 2026-02-01.
"""

from __future__ import annotations

from dataclasses import dataclass

from portal.documents.blocks import Choice, Contact, Opinion, Signer

# 条例11条2款(一)至(七), shortened to what fits a box.
GROUNDS = (
    "（一）主体、人员资格",
    "（二）执法程序违法",
    "（三）决定违法或者明显不当",
    "（四）不作为、乱作为",
    "（五）不文明执法",
    "（六）证件、标志、装备、着装不规范",
    "（七）其他影响合法性、适当性的情形",
)
# 条例22条.
MEASURES = (
    "（一）自查、说明情况",
    "（二）检查、访谈、暗访",
    "（三）座谈、听证、统计、评估",
    "（四）调阅、复制资料",
    "（五）约谈",
    "（六）其他必要的措施",
)


def ticked(labels: tuple[str, ...], numbers: frozenset[int]) -> tuple[Choice, ...]:
    """Boxes for a list of the regulation, with the items (1-based) that apply ticked."""
    return tuple(Choice(label, number in numbers) for number, label in enumerate(labels, start=1))


@dataclass(frozen=True)
class MissedDuty:
    """One line of the annex of a letter that covers several missed clocks."""

    matter: str
    number: str  # document number of the act, or empty
    duty: str
    basis: str
    due_on: str
    state: str  # 逾期 12 个工作日,未办理 / 2026年11月3日办理,逾期 4 个工作日


@dataclass(frozen=True)
class UrgingLetter:
    """行政执法监督督办函 (条例27条): a duty that ought to be and was not performed."""

    recipient: str
    found_through: str  # how the bureau came to know, e.g. 日常监督
    facts: str
    duty_basis: str  # the provisions that lay down the duty
    requirements: tuple[str, ...]
    report_by: str  # 规定时限: as this letter sets it (JD-08)
    contact: Contact
    missed: tuple[MissedDuty, ...] = ()
    copies: tuple[str, ...] = ()
    record: bool = True


@dataclass(frozen=True)
class OpinionLetter:
    """行政执法监督意见书 (条例28条): enforcement that was found unlawful or plainly improper."""

    recipient: str
    found_through: str
    fault: str  # 违法 or 明显不当
    facts: str
    violated: str
    requirements: tuple[str, ...]
    report_by: str
    contact: Contact
    copies: tuple[str, ...] = ()
    record: bool = True


@dataclass(frozen=True)
class DispositionNotice:
    """行政执法监督处理决定通知书: only imported, or dated before 2026-02-01; the basis is always typed in."""

    recipient: str
    filed_on: str
    cause: str
    facts: str
    violated: str
    basis: str  # the provision that empowered the bureau then; the portal assumes none
    dispositions: tuple[str, ...]  # 限期履行、补正或者更正、撤销、确认违法、重新作出
    perform_by: str
    report_by: str
    objection: str  # channel and period, with its source
    contact: Contact
    copies: tuple[str, ...] = ()
    record: bool = True


@dataclass(frozen=True)
class SupervisionFilingForm:
    """行政执法监督立案审批表 (internal)."""

    cause: str
    sources: tuple[Choice, ...]
    department: str
    credit_code: str
    acts: str  # numbers of the acts concerned
    informant: str  # or 保密
    grounds: tuple[Choice, ...]
    mode: str  # 日常监督 / 重点监督（挂牌督办、提级监督）
    facts: str
    remedy_check: str  # whether the same dispute is in reconsideration or litigation (33条3款)
    jurisdiction: str
    supervisors: tuple[Signer, ...]
    recusal: str
    officer_opinion: Opinion
    review_opinion: Opinion
    head_opinion: Opinion
    filed_on: str = ""
    due_on: str = ""


@dataclass(frozen=True)
class SupervisionDispositionForm:
    """行政执法监督处理审批表 (internal)."""

    filing_number: str
    cause: str
    department: str
    measures: tuple[Choice, ...]
    statement: str  # what the department said
    facts: str
    evidence: tuple[str, ...]
    finding: str  # 违法或者明显不当、未履职的认定 and provisions
    instruments: tuple[Choice, ...]
    requirements: str
    report_by: str
    personnel: str  # 对人员处理的建议 (32条)
    discipline: str  # 是否向监察机关移送 (33条1款)
    officer_opinion: Opinion
    legal_opinion: Opinion
    head_opinion: Opinion
    government_opinion: Opinion | None = None  # only for a 决定书 (29条)
