"""Official layouts out: columns, 万元, required fields and check digits; nothing is left out without being named."""

from __future__ import annotations

import csv
import datetime as dt
import io
import zipfile
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from openpyxl import load_workbook

from disclosure.models import Disclosure
from disclosure.official import TWENTY, TWENTY_NINE, rows_of, ten_thousands, written
from enforcement.models import Party
from portal.accounts.models import Department
from portal.web.models import Export
from tests import case_scenes as scene
from tests.cast import Cast

NEXT = scene.DECIDED + dt.timedelta(days=1)
# The head lines of the official tables, as they are sent around.
HEADS_29 = (
    "行政相对人名称,行政相对人代码_1（统一社会信用代码）,行政相对人代码_2（工商注册号）,行政相对人代码_3（组织机构代码）,"
    "行政相对人代码_4（税务登记号）,行政相对人代码_5（事业单位证书号）,行政相对人代码_6（社会组织登记证号）,法定代表人,"
    "法定代表人身份证号,证件类型,证件号码,行政处罚决定书文号,违法行为类型,违法事实,处罚依据,处罚类别,处罚内容,"
    "处罚金额（万元）,没收违法所得、没收非法财务的金额（万元）,暂扣或吊销证照名称及编号,处罚决定日期,处罚有效期,公示截止期,"
    "处罚机关,处罚机关统一社会信用代码,数据来源单位,数据来源单位统一社会信用代码,备注,数据导出时间"
)
HEADS_20 = (
    "所属地区行政区划编码,所属地区名称,执法部门名称,执法部门组织编码,行政处罚决定书文号,案件名称,被处罚对象类别,"
    "被处罚对象名称,被处罚对象证件类型,被处罚对象证件号码,被处罚单位法定代表人姓名,被处罚单位法定代表人证件类型,"
    "被处罚单位法定代表人证件号,行政处罚权力事项名称,权力内部编码（权力事项唯一码）,对外公开的行政处罚决定书全文或摘要,"
    "作出行政处罚的日期,状态标记,撤销处罚的原因说明,涉案金额"
)


def test_the_columns_are_those_of_the_official_tables() -> None:
    assert [column.head for column in TWENTY_NINE.columns] == HEADS_29.split(",")
    assert [column.head for column in TWENTY.columns] == HEADS_20.split(",")


@pytest.mark.parametrize(
    ("yuan", "words"),
    [("5000", "0.5"), ("10000", "1"), ("1234567.89", "123.456789"), ("0.01", "0.000001"), ("100000", "10"), ("0", "0")],
)
def test_amounts_are_in_ten_thousands_without_a_rounding(yuan: str, words: str) -> None:
    assert ten_thousands(Decimal(yuan)) == words


@pytest.fixture
def disclosure(cast: Cast) -> Disclosure:
    """Published: a warning and 5,000 yuan for a shop."""
    Department.objects.filter(pk=cast.market.pk).update(credit_code="11650204MB1234567R")
    case = scene.served(cast)
    with scene.on(NEXT):
        return scene.published(cast, case)


def cells(disclosure: Disclosure, layout: Any = TWENTY_NINE) -> tuple[dict[str, str], dict[str, str]]:
    """The first row by head, and its faults by head."""
    found = Disclosure.objects.select_related("decision", "act__department", "act__item").get(pk=disclosure.pk)
    values, faults = written(layout, rows_of(found, "2025-09-01 10:00:00")[0])
    heads = [column.head for column in layout.columns]
    return dict(zip(heads, values, strict=True)), {fault.head: fault.sentence for fault in faults}


@pytest.mark.django_db
def test_a_row_says_what_was_published_in_the_words_of_the_layout(disclosure: Disclosure) -> None:
    row, _faults = cells(disclosure)
    assert (row["处罚金额（万元）"], row["处罚类别"], row["处罚决定日期"]) == ("0.5", "警告;罚款", "2025-08-18")
    assert (row["公示截止期"], row["处罚有效期"]) == ("2026-08-19", "2099-12-31")
    assert "王某" in row["违法事实"]
    assert "王小虚" not in row["违法事实"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("party", "head"),
    [
        ({"credit_code": ""}, "行政相对人代码_1（统一社会信用代码）"),
        ({"credit_code": "91650204MA7ABCDE00"}, "行政相对人代码_1（统一社会信用代码）"),
        ({"representative": ""}, "法定代表人"),
        ({"kind": "natural", "identity": ""}, "证件号码"),
        ({"kind": "natural", "identity": "650204199001010016"}, "证件号码"),
        ({"representative": "长" * 51}, "法定代表人"),
    ],
)
def test_a_row_that_breaks_the_standard_is_not_written(
    disclosure: Disclosure, party: dict[str, str], head: str
) -> None:
    row = Party.objects.get(act_id=disclosure.act_id)
    for name, value in {"credit_code": "91650204MA7ABCDE01", "representative": "王小虚"}.items():
        setattr(row, name, value)
    for name, value in party.items():
        setattr(row, name, value)
    row.save()
    assert head in cells(disclosure)[1]


def address(form: str = "", layout: str = "official29") -> str:
    """The page of August 2025."""
    return f"/desk/disclosure/official/?layout={layout}&from=2025-08-01&to=2025-08-31" + (
        f"&format={form}" if form else ""
    )


@pytest.mark.django_db
def test_what_is_not_written_is_named_in_the_file_and_on_the_page(
    cast: Cast, sign_in: Callable[..., Client], disclosure: Disclosure
) -> None:
    Party.objects.filter(act_id=disclosure.act_id).update(credit_code="")
    browser = sign_in(cast.officer)
    assert "行政相对人代码_1（统一社会信用代码）：必填" in browser.get(address()).content.decode()
    book = load_workbook(io.BytesIO(browser.get(address("xlsx")).content))
    assert [sheet.title for sheet in book.worksheets] == ["报送", "没有写入的"]
    assert book.worksheets[0].max_row == 1
    assert "必填" in str(book.worksheets[1].cell(2, 5).value)
    archive = zipfile.ZipFile(io.BytesIO(browser.get(address("csv")).content))
    assert sorted(archive.namelist()) == ["missing.csv", "official29.csv"]


@pytest.mark.django_db
def test_a_whole_file_is_written_and_its_taking_recorded(
    cast: Cast, sign_in: Callable[..., Client], disclosure: Disclosure
) -> None:
    Party.objects.filter(act_id=disclosure.act_id).update(
        credit_code="91650204MA7ABCDE01", representative="王小虚", name="=示例便利店（虚构）"
    )
    Department.objects.filter(pk=cast.market.pk).update(credit_code="11650204MB1234567R")
    _row, faults = cells(disclosure)
    browser = sign_in(cast.officer)
    answer = browser.get(address("csv"))
    if faults:
        pytest.fail(f"the scene's row should be whole: {faults}")
    lines = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert lines[0] == HEADS_29.split(",")
    assert lines[1][0] == "'=示例便利店（虚构）"
    taken = Export.objects.get()
    assert (taken.list_key, taken.rows, taken.user) == ("disclosure:official", 1, cast.officer)


@pytest.mark.django_db
def test_the_file_is_for_the_departments_own_people_only(
    cast: Cast, sign_in: Callable[..., Client], disclosure: Disclosure
) -> None:
    assert disclosure.department_id == cast.market.pk
    assert sign_in(cast.head).get(address("xlsx")).status_code == 403
    supervisor = sign_in(cast.supervisor)
    asked = f"&department={cast.market.code}"
    assert supervisor.get(address() + asked).status_code == 200
    assert supervisor.get(address("xlsx") + asked).status_code == 403
    text = sign_in(cast.foreign_officer).get(address() + asked).content.decode()
    assert "这个时期没有处罚决定" in text


@pytest.mark.django_db
def test_a_decision_that_is_not_public_is_named_not_written(cast: Cast, sign_in: Callable[..., Client]) -> None:
    scene.served(cast)
    text = sign_in(cast.officer).get(address(layout="official20")).content.decode()
    assert "公示状态是“待脱敏”，不报送" in text


@pytest.mark.django_db
@pytest.mark.parametrize(
    "query", ["from=0001-01-01&to=9999-12-31", "from=x&to=2025-13-40", "layout=nothing", "department=%00"]
)
def test_nonsense_in_the_address_of_the_files_is_answered(
    cast: Cast, sign_in: Callable[..., Client], query: str
) -> None:
    for person in (cast.officer, cast.supervisor):
        assert sign_in(person).get(f"/desk/disclosure/official/?{query}").status_code == 200
