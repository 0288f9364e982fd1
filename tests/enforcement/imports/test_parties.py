"""Parties in one cell: who they are, and which of them is a person whose name must be masked later."""

from __future__ import annotations

import pytest

from enforcement.imports.parties import PartyKind, give_code, give_paper, parse_parties
from enforcement.imports.reasons import Reason
from portal.accounts.credit_code import check_character
from portal.tabular.faults import RefusedError

N, C, B = PartyKind.NATURAL, PartyKind.COMPANY, PartyKind.BUSINESS
CODE = "91650204MA7ABCDE0"
CODE += check_character(CODE)
SHOP = "92650204MA7ABCDE0"
SHOP += check_character(SHOP)
IDENTITY = "650204199001010015"


@pytest.mark.parametrize(
    ("cell", "kind", "expected", "others"),
    [
        ("示例保险股份有限公司", "机构", [("示例保险股份有限公司", C)], False),
        ("示例保险股份有限公司及相关责任人", "机构", [("示例保险股份有限公司", C)], True),
        ("示例银行甲分行、乙支行及相关责任人员", "机构", [("示例银行甲分行", C), ("乙支行", C)], True),
        ("示例银行甲分行、 示例银行乙支行", "机构", [("示例银行甲分行", C), ("示例银行乙支行", C)], False),
        ("示例银行甲分行和其分支机构及相关责任人", "机构", [("示例银行甲分行", C)], True),
        ("示例银行甲分行、相关分支机构及责任人员", "机构", [("示例银行甲分行", C)], True),
        ("甲示例公司及相关责任人、乙示例公司及相关责任人", "机构", [("甲示例公司", C), ("乙示例公司", C)], True),
        ("甲示例寿险公司及乙示例支公司", "机构", [("甲示例寿险公司", C), ("乙示例支公司", C)], False),
        ("和谐示例保险公司", "机构", [("和谐示例保险公司", C)], False),
        ("示例银行甲分行相关责任人", "机构", [], True),
        ("示例银行甲分行、张慧、俞兴华", "机构", [("示例银行甲分行", C), ("张慧", N), ("俞兴华", N)], False),
        ("示例保险公司；刘承", "机构", [("示例保险公司", C), ("刘承", N)], False),
        ("示例公司\n示例二公司", "企业", [("示例公司", C), ("示例二公司", C)], False),
        ("王众音[时任示例公司重要客户部副经理（主持工作）、行长]", "机构", [("王众音", N)], False),
        ("李梅〔时任示例银行支行行长（2015年12月3日退休）〕", "机构", [("李梅", N)], False),
        ("陈天志[时任示例公司经理助理（主持工作）", "机构", [("陈天志", N)], False),
        ("示例保险公司个人代理人侯丽珠、殷鹏飞", "机构", [("侯丽珠", N), ("殷鹏飞", N)], False),
        ("示例银行某支行原员工张维", "机构", [("张维", N)], False),
        ("示例保险经纪（北京）有限公司苏州分公司", "机构", [("示例保险经纪（北京）有限公司苏州分公司", C)], False),
        ("示例银行支行（原示例信用社、示例二社）", "机构", [("示例银行支行（原示例信用社、示例二社）", C)], False),
        ("王示例", "自然人", [("王示例", N)], False),
        ("王示", "", [("王示", N)], False),
        ("王示例", "法人及非法人组织", [("王示例", N)], False),
        ("华商银行", "机构", [("华商银行", C)], False),
        ("阿依古丽·买买提", "", [("阿依古丽·买买提", N)], False),
        ("示例区老王便利店", "个体工商户", [("示例区老王便利店", B)], False),
        ("示例面馆（个体工商户）", "", [("示例面馆（个体工商户）", B)], False),
        ("/", "机构", [], False),
    ],
)
def test_a_cell_names_its_parties(cell: str, kind: str, expected: list[tuple[str, PartyKind]], others: bool) -> None:
    parties = parse_parties(cell, kind)
    assert [(party.name, party.kind) for party in parties.each] == expected
    assert parties.others is others


def test_the_original_text_is_kept() -> None:
    text = "示例银行甲分行、乙支行及相关责任人员"
    assert parse_parties(text).original == text


def test_a_right_code_is_given_to_the_organisation() -> None:
    parties = parse_parties("示例有限公司、王示例")
    give_code(parties, CODE.lower())
    assert [party.credit_code for party in parties.each] == [CODE, ""]


def test_a_code_of_an_individual_business_makes_one() -> None:
    parties = parse_parties("示例便利店", "企业")
    give_code(parties, SHOP)
    assert parties.each[0].kind is PartyKind.BUSINESS


@pytest.mark.parametrize("number", ["650204000012345", "1234567890123", "12345678-9"])
def test_old_registry_numbers_are_no_wrong_codes(number: str) -> None:
    parties = parse_parties("示例有限公司")
    give_code(parties, number)
    assert (parties.each[0].credit_code, parties.each[0].registration) == ("", number)


@pytest.mark.parametrize(
    "wrong",
    [CODE[:-1] + ("0" if CODE[-1] != "0" else "1"), "91650204", "9165O204MA7ABCDE01", 911650204123456789, 9.116502e17],
)
def test_a_code_that_fails_its_check_is_refused(wrong: str | int | float) -> None:
    parties = parse_parties("示例有限公司")
    with pytest.raises(RefusedError) as refusal:
        give_code(parties, wrong)
    assert refusal.value.code is Reason.CREDIT_CODE
    assert parties.each[0].credit_code == ""


def test_an_identity_number_goes_to_the_person() -> None:
    parties = parse_parties("王示例", "自然人")
    give_paper(parties, "身份证", IDENTITY)
    assert parties.each[0].identity == IDENTITY


def test_an_identity_number_that_fails_its_check_is_refused() -> None:
    with pytest.raises(RefusedError) as refusal:
        give_paper(parse_parties("王示例", "自然人"), "身份证", IDENTITY[:-1] + "6")
    assert refusal.value.code is Reason.IDENTITY


def test_a_passport_number_is_kept_as_it_is() -> None:
    parties = parse_parties("王示例", "自然人")
    give_paper(parties, "护照号", "E12345678")
    assert parties.each[0].identity == "E12345678"


def test_a_code_among_the_papers_goes_to_the_organisation() -> None:
    parties = parse_parties("示例有限公司", "法人")
    give_paper(parties, "统一社会信用代码", CODE)
    assert parties.each[0].credit_code == CODE
