"""Parties in one cell: cut apart by rules, told apart as persons and organisations, the original kept."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext as _

from enforcement.imports.reasons import Reason
from enforcement.imports.surnames import begins_with_surname
from portal.accounts.credit_code import credit_code_error
from portal.accounts.identity import identity_error
from portal.tabular.cleaning import as_text, folded
from portal.tabular.faults import RefusedError
from portal.tabular.tables import Cell

LONGEST_NAME = 200
OPENING, CLOSING = "（(〔[【［", "）)〕]】］"
CUTS = "、；;\n，,"
ORGANISATION = re.compile(
    r"(?:公司|集团|分行|支行|银行|总行|商行|车行|行|联社|合作社|社|局|厅|部|中心|所|处|店|厂|会|院|站|学校|大学|中学|小学|幼儿园|园|馆|场|矿|队|"
    r"机构|基金|点|室|坊|铺|摊|城|楼|吧|超市|药房|诊所|餐厅|酒店|宾馆|农庄|企业|事务所|经纪|信托|保险|委员会|政府|分|深分|库|堂|屋|轩|阁|苑|户)$"
)
BUSINESS = re.compile(r"个体(?:工商)?户?")
POSITION = re.compile(
    r"时任|现任|曾任|原任|行长|经理|主任|董事|监事|总监|员工|职员|代理人|负责人|主管|会计|科长|部长|股东|法定代表人|实际控制人|职务|退休"
)
PERSON_BEHIND_ORGANISATION = re.compile(
    r"^(?P<org>.+(?:公司|分行|支行|银行|社|部|中心|厂|店|所))(?P<post>原?(?:个人代理人|保险代理人|代理人|员工|职员|负责人|经理|行长|客户经理))"
    r"(?P<name>[\u4e00-\u9fff]{2,3})$"
)
BARE_PERSON = re.compile(r"[\u3400-\u9fff]{1,3}(?:·[\u3400-\u9fff]{1,10})*[\u3400-\u9fff某*＊×]{0,3}")
OTHERS = r"(?:其|的)?(?:相关|有关)?(?:直接)?(?:责任人员|责任人|当事人|人员|分支机构|机构)"
OTHERS_ALONE = re.compile(rf"{OTHERS}(?:(?:及|和|与|、){OTHERS})*")
WITH_OTHERS = re.compile(rf"^(?P<who>.+?)(?:及|和|与|等)(?:{OTHERS}(?:(?:及|和|与|、)?{OTHERS})*)$")
ONLY_OTHERS = re.compile(r"^(?P<who>.+?)(?:分支机构|的)*(?:相关|有关|直接)(?:直接)?(?:责任人员|责任人|当事人|人员)$")
TWO_ORGANISATIONS = re.compile(r"^(?P<one>.+?公司|.+?[分支]行)(?:及|与)(?P<two>[^及与]{4,}(?:公司|[分支]行|部|中心))$")
OLD_REGISTRATION = re.compile(r"\d{13}|\d{15}")
ORGANISATION_CODE = re.compile(r"[0-9A-Z]{8}-?[0-9X]")


class PartyKind(StrEnum):
    """Natural person, organisation, individual business."""

    NATURAL = "natural"
    COMPANY = "company"
    BUSINESS = "business"


@dataclass
class PartyName:
    """One party as the cell names it."""

    name: str
    kind: PartyKind
    position: str = ""
    credit_code: str = ""
    registration: str = ""
    identity: str = ""
    paper_kind: str = ""
    representative: str = ""


@dataclass(frozen=True)
class Parties:
    """All parties of a cell. `others`: the cell also speaks of persons it does not name."""

    each: tuple[PartyName, ...]
    original: str
    others: bool = False


def parse_parties(name: Cell, kind: Cell = None) -> Parties:
    """The parties a cell names; none when it names nobody («…相关责任人»).

    A comma inside brackets cuts nothing; brackets with a post behind a short name make a natural person,
    whatever the column for the kind says: a person's name is masked later, an organisation's is not.
    """
    original = as_text(name)
    if not original:
        return Parties((), "")
    others = False
    found: list[PartyName] = []
    pieces = _cut(original)
    stated = stated_kind(kind)
    for piece in pieces:
        named, beside = _without_others(piece)
        others = others or beside
        for part in _two_organisations(named) if named else []:
            party = _party(part, stated if len(pieces) == 1 else None)
            if all(party.name != other.name for other in found):
                found.append(party)
    return Parties(tuple(found), original, others)


def stated_kind(cell: Cell) -> PartyKind | None:
    """What a column for the kind of party says; nothing when it is empty or unknown."""
    text = folded(as_text(cell))
    if not text:
        return None
    if "个体" in text:
        return PartyKind.BUSINESS
    if "自然人" in text or text in {"个人", "公民"}:
        return PartyKind.NATURAL
    if any(word in text for word in ("法人", "机构", "企业", "组织", "单位", "公司")):
        return PartyKind.COMPANY
    return None


def _cut(text: str) -> list[str]:
    """Cut at commas and line ends outside brackets; a bracket left open runs to the end."""
    pieces, depth, piece = [], 0, ""
    for character in text:
        if character in OPENING:
            depth += 1
        elif character in CLOSING:
            depth = max(0, depth - 1)
        if character in CUTS and not depth:
            pieces.append(piece)
            piece = ""
        else:
            piece += character
    pieces.append(piece)
    return [stripped for piece in pieces if (stripped := piece.strip(" \n。."))]


def _without_others(piece: str) -> tuple[str, bool]:
    """The named part of a piece, and whether it speaks of unnamed persons beside or instead of it."""
    if OTHERS_ALONE.fullmatch(piece):
        return "", True
    if match := WITH_OTHERS.match(piece):
        return match["who"].strip(), True
    if ONLY_OTHERS.match(piece):
        return "", True
    return piece, False


def _two_organisations(piece: str) -> list[str]:
    """«甲公司及乙公司» are two; «和谐保险公司» and «李公司与王某合作社» are one."""
    match = TWO_ORGANISATIONS.match(piece)
    return [match["one"], match["two"]] if match else [piece]


def _party(piece: str, stated: PartyKind | None) -> PartyName:
    bracket = next((index for index, character in enumerate(piece) if character in OPENING), -1)
    if bracket > 0:
        before, inside = piece[:bracket].strip(), piece[bracket:].strip(OPENING + CLOSING + " ")
        if POSITION.search(inside) and _like_person(before):
            return PartyName(before, PartyKind.NATURAL, position=inside)
    if (match := PERSON_BEHIND_ORGANISATION.match(piece)) and begins_with_surname(match["name"]):
        return PartyName(match["name"], PartyKind.NATURAL, position=match["org"] + match["post"])
    name = "".join(piece.split()) if any(character >= "\u4e00" for character in piece) else piece
    if _like_person(name) and (stated is None or stated is PartyKind.NATURAL or begins_with_surname(name)):
        kind = stated if stated is PartyKind.BUSINESS else PartyKind.NATURAL
        return PartyName(name, kind)
    if stated is PartyKind.BUSINESS or BUSINESS.search(name):
        return PartyName(name, PartyKind.BUSINESS)
    return PartyName(name, stated or PartyKind.COMPANY)


def _like_person(name: str) -> bool:
    """A short Chinese name without the ending of an organisation."""
    plain = "".join(name.split())
    if "·" in plain:
        return not ORGANISATION.search(plain)
    return bool(BARE_PERSON.fullmatch(plain)) and 2 <= len(plain) <= 4 and not ORGANISATION.search(plain)


def give_code(parties: Parties, cell: Cell) -> None:
    """Write the credit code of the cell to the first organisation; an old registry number beside it.

    Raises RefusedError for a code whose check character is wrong; the party stays as it was.
    """
    code = folded(as_text(cell)).upper().replace(" ", "")
    owner = next((party for party in parties.each if party.kind is not PartyKind.NATURAL), None)
    if not code or owner is None:
        return
    if isinstance(cell, float) or (isinstance(cell, int) and len(code) > 15):
        raise RefusedError(
            Reason.CREDIT_CODE,
            _("“%(value)s”被表格软件存成了数值，末尾数字已丢失。请把该列设为文本再填。") % {"value": code},
        )
    if OLD_REGISTRATION.fullmatch(code) or ORGANISATION_CODE.fullmatch(code):
        owner.registration = code
        return
    if error := credit_code_error(code):
        raise RefusedError(Reason.CREDIT_CODE, f"“{code[:40]}”：{error}")
    owner.credit_code = code
    if code.startswith("92"):
        owner.kind = PartyKind.BUSINESS


def give_paper(parties: Parties, kind: Cell, cell: Cell) -> None:
    """Write the number of an identity paper to the party it belongs to; a credit code goes to the organisation.

    Raises RefusedError for an identity number or a code that fails its check.
    """
    number = folded(as_text(cell)).upper().replace(" ", "")
    paper = as_text(kind)
    if not number or not parties.each:
        return
    looks_like_identity = len(number) == 18 and number[:17].isdigit() and not number.startswith(("9", "0"))
    if "身份证" in paper or (not paper and looks_like_identity and parties.each[0].kind is PartyKind.NATURAL):
        if isinstance(cell, float) or (isinstance(cell, int) and len(number) > 15):
            raise RefusedError(
                Reason.IDENTITY, _("身份号码被表格软件存成了数值，末尾数字已丢失。请把该列设为文本再填。")
            )
        if error := identity_error(number):
            raise RefusedError(Reason.IDENTITY, error)
        owner = next((party for party in parties.each if party.kind is not PartyKind.COMPANY), None)
        if owner is not None:
            owner.identity, owner.paper_kind = number, paper
        return
    if parties.each[0].kind is PartyKind.NATURAL:
        parties.each[0].identity, parties.each[0].paper_kind = number, paper
        return
    give_code(parties, cell)
