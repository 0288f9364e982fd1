"""What each paper of a penalty case says: one frozen dataclass per template in enforcement/papers/.

The domain fills these; the templates know nothing else. All values are text as it is to be printed
(dates by portal.documents.spelling.chinese_date, amounts by yuan and yuan_in_words).
"""

from __future__ import annotations

from dataclasses import dataclass, field

from portal.documents.blocks import Choice, Contact, Opinion, Signer


@dataclass(frozen=True)
class PartyOnPaper:
    """当事人 as a paper names him; `natural` chooses 你 or 你单位 and which lines are printed."""

    name: str
    natural: bool
    address: str
    identity: str = ""  # citizen's identity number, as far as the paper may show it
    credit_code: str = ""
    legal_representative: str = ""
    sex: str = ""
    age: str = ""
    phone: str = ""
    work_unit: str = ""
    you: str = field(init=False, default="")

    def __post_init__(self) -> None:
        object.__setattr__(self, "you", "你" if self.natural else "你单位")


@dataclass(frozen=True)
class FilingForm:
    """立案审批表 (处罚法54条2款): source, party, facts, reasons, opinions."""

    cause: str  # 案由
    source: str
    source_detail: str
    found_on: str
    party: PartyOnPaper
    facts: str
    reasons: str  # 立案理由 and the provisions presumably violated
    basis: str  # 立案依据, e.g. 《中华人民共和国行政处罚法》第五十四条第二款
    item: str  # 执法事项 with its code
    officers: tuple[Signer, ...]
    recusal: str  # 回避情况
    officer_opinion: Opinion
    unit_opinion: Opinion
    head_opinion: Opinion
    limitation: str = ""  # the answer to 处罚法36条, when it was doubtful
    similar: str = ""  # the answer to 处罚法29条, when something like it is open elsewhere
    filed_on: str = ""
    due_on: str = ""  # 办理期限 (处罚法60条 or the rule that takes its place)
    remark: str = ""


@dataclass(frozen=True)
class NoticeLetter:
    """行政处罚事先告知书 (处罚法44条); with `hearing_ground` it is the 听证告知书 (63条)."""

    party: PartyOnPaper
    cause: str
    facts: str
    evidence: tuple[str, ...]
    violated: str  # the provision that was violated
    basis: str  # the provision that penalises it
    discretion: str  # reasons for the tier
    penalties: tuple[str, ...]
    contact: Contact
    statement_days: int = 5  # working days; 参照, 本地 may set more (CF-44)
    hearing_ground: str = ""  # e.g. 第一款第（一）项; of 处罚法63条
    waiver_basis: str = ""  # the 规章 that counts silence as a waiver, when the department has one
    correction: str = ""  # what was ordered to be corrected, or under which number (28条1款)
    copies: tuple[str, ...] = ()


@dataclass(frozen=True)
class DecisionLetter:
    """行政处罚决定书 with the six items of 处罚法59条."""

    party: PartyOnPaper
    cause: str
    filed_on: str
    facts: str
    evidence: tuple[str, ...]
    procedure: str  # notice, its service, and that the periods are over or waived
    defence: str  # what was said in defence or at the hearing, and why it was (not) accepted (45、65条)
    violated: str
    basis: str
    discretion: str
    penalties: tuple[str, ...]
    performance: tuple[str, ...]  # 履行方式和期限, one sentence each
    review_body: str  # 复议机关
    court: str
    fined: bool
    correction: str = ""  # as in the notice
    review_first: bool = False  # 复议前置 (复议法23条1款1项): only for decisions taken on the spot
    disclosure: str = ""  # how the decision will be disclosed
    copies: tuple[str, ...] = ()


@dataclass(frozen=True)
class NoPenaltyLetter:
    """不予行政处罚决定书 (处罚法57条1款2项、3项; 30、31、33、36条)."""

    party: PartyOnPaper
    cause: str
    filed_on: str
    facts: str
    evidence: tuple[str, ...]
    proven: bool  # false: the facts cannot be established
    told: str  # the notice before, when there was one, and what was said to it
    violated: str
    basis: str
    reasons: str
    correction: str
    education: str
    guardian: str
    review_body: str
    court: str
    disclosure: str = ""


@dataclass(frozen=True)
class ServedPaper:
    """One document handed over: its title and number."""

    title: str
    number: str = ""
    copies: int = 1


@dataclass(frozen=True)
class ServiceReceipt:
    """送达回证 (处罚法61条; 民事诉讼法87条至95条)."""

    cause: str
    recipient: str
    papers: tuple[ServedPaper, ...]
    methods: tuple[Choice, ...]  # 直接、留置、委托、邮寄、电子、公告
    place: str
    officers: tuple[Signer, ...]
    begun_on: str = ""
    received_on: str = ""
    receiver: str = ""  # who signed, when not the recipient, and in which capacity
    refusal: str = ""  # 拒收事由 (民事诉讼法89条)
    witnesses: tuple[Signer, ...] = ()
    proof: str = ""  # mail receipt, place of the announcement, address of electronic service
    remark: str = ""
