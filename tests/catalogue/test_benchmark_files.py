"""Discretion benchmarks come in from the department's own file: whole benchmarks, or the reason why not."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from enforcement.catalogue import actions, batches
from enforcement.catalogue.models import Batch, Benchmark
from enforcement.catalogue.ranges import Said, read_range
from portal.workflow.errors import Invalid
from tests.cast import Cast
from tests.catalogue import scenes

D = Decimal
HEAD = "序号,法规规章,违法行为,设定条款,处罚种类及幅度,裁量阶次,适用条件,处罚标准\n"
NAME = "对销售超过保质期食品的处罚"
GOOD = (
    f"1,《示例条例》,{NAME},第十三条第二款,处二千元以上二万元以下罚款,较轻,第一次。,处二千元以上五千元以下罚款。\n"
    f"1,《示例条例》,{NAME},第十三条第二款,处二千元以上二万元以下罚款,一般,第二次。,处五千元以上一万元以下罚款，警告。\n"
    f"1,《示例条例》,{NAME},第十三条第二款,处二千元以上二万元以下罚款,严重,第三次。,处一万元以上二万元以下罚款。\n"
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("处二千元以上二万元以下罚款", Said("yuan", D(2000), D(20000))),
        ("处2,000元以上2万元以下罚款。", Said("yuan", D(2000), D(20000))),
        ("处五千元以上不足一万元的罚款", Said("yuan", D(5000), D(10000))),
        ("处一万元罚款。", Said("yuan", D(10000), D(10000))),
        ("每处违法设施处五千元罚款。", Said("yuan", D(5000), D(5000))),
        ("可以并处二百元以下罚款", Said("yuan", D(0), D(200))),
        ("处货值金额一倍以上三倍以下罚款", Said("times", D(1), D(3), "货值金额")),
        ("处违法所得1.5倍以上2倍以下的罚款", Said("times", D("1.5"), D(2), "违法所得")),
        ("给予警告", Said("none", kinds=("warning",))),
        ("吊销许可证，并处十万元罚款", Said("yuan", D(100000), D(100000), kinds=("revoke_licence",))),
        ("不予处罚。", Said("none")),
        ("情节严重的从重", None),
        ("处若干元罚款", None),
        ("", None),
    ],
)
def test_what_a_standard_allows(text: str, expected: Said | None) -> None:
    assert read_range(text) == expected


def take(cast: Cast, folder: Path, text: str, *, on: dt.date | None = None) -> Batch:
    path = folder / "benchmarks.csv"
    path.write_text(HEAD + text, encoding="utf-8")
    return batches.take_in(
        path,
        department=cast.market,
        file_name="基准.csv",
        effective_from=on or timezone.localdate(),
        defaults={},
        now=timezone.now(),
    )[0]


def adopted(cast: Cast, batch: Batch) -> Any:
    return scenes.done(cast, batch, actions.ADOPT, batches.Adopt(reason="本部门基准（虚构）"))


def test_a_file_becomes_a_benchmark_with_its_tiers(cast: Cast, tmp_path: Path) -> None:
    entry = scenes.item_entry(cast)
    batch = take(cast, tmp_path, GOOD)
    assert (len(batch.rows), batch.faults, batch.target) == (1, [], "benchmark")
    assert not Benchmark.objects.exists()
    adopted(cast, batch)
    made = Benchmark.objects.get(entry=entry)
    assert (made.measure, made.lowest, made.highest, made.source) == (
        "yuan", D(2000), D(20000), "《示例条例》第十三条第二款",
    )  # fmt: skip
    tiers = list(made.tiers.all())
    assert [(tier.name, tier.lowest, tier.highest, tier.kinds) for tier in tiers] == [
        ("较轻", D(2000), D(5000), []),
        ("一般", D(5000), D(10000), ["warning"]),
        ("严重", D(10000), D(20000), []),
    ]
    assert tiers[0].circumstances == "第一次（处二千元以上五千元以下罚款。）"


def test_the_same_again_changes_nothing_and_another_day_is_a_new_version(cast: Cast, tmp_path: Path) -> None:
    entry = scenes.item_entry(cast)
    adopted(cast, take(cast, tmp_path, GOOD))
    later = timezone.localdate() + dt.timedelta(days=10)
    again = take(cast, tmp_path, GOOD, on=later)
    assert (again.rows, again.unchanged) == ([], 1)
    changed = take(cast, tmp_path, GOOD.replace("第三次", "第三次以上"), on=later)
    adopted(cast, changed)
    assert list(Benchmark.objects.filter(entry=entry).order_by("version").values_list("version", "effective_to")) == [
        (1, later - dt.timedelta(days=1)),
        (2, None),
    ]


def test_a_benchmark_from_before_the_one_in_force_is_refused_with_its_item(cast: Cast, tmp_path: Path) -> None:
    scenes.item_entry(cast)
    adopted(cast, take(cast, tmp_path, GOOD))
    earlier = take(cast, tmp_path, GOOD.replace("第三次", "三次以上"), on=timezone.localdate() - dt.timedelta(days=1))
    with pytest.raises(Invalid, match=r"4\.17"):
        adopted(cast, earlier)


@pytest.mark.parametrize(
    ("text", "line", "column", "reason"),
    [
        (GOOD.replace(NAME, "对别的行为的处罚"), 2, "违法行为", "没有这一事项"),
        (GOOD.replace("处五千元以上一万元以下罚款，警告。", "从重"), 3, "处罚标准", "没有读出"),
        (GOOD.replace("处五千元以上一万元", "处六千元以上一万元"), 3, "处罚标准", "中间空了一段"),
        (GOOD.replace("处一万元以上二万元以下罚款。\n", "处一万元以上三万元以下罚款。\n"), 4, "处罚标准", "法定上限"),
        (GOOD.replace("处二千元以上二万元以下罚款,较轻", "处以罚款,较轻"), 2, "处罚种类及幅度", "没有读出法定"),
        (GOOD.replace(",一般,", ",,"), 3, "裁量阶次", "没有写阶次"),
        (GOOD.replace(",一般,", f",{'甲' * 31},"), 3, "裁量阶次", "太长"),
        ("".join(GOOD.splitlines(keepends=True)[:2]), 2, "裁量阶次", "不少于三个"),
        (
            GOOD.replace("处一万元以上二万元以下罚款。\n", "处货值金额一倍以上二倍以下罚款。\n"),
            2,
            "处罚标准",
            "有的按倍数",
        ),
        (GOOD + f"2,,别的,,,较轻,,处二千元罚款\n3,,{NAME},,,较轻,,处二千元罚款\n", 6, "违法行为", "同一事项"),
    ],
)
def test_what_is_wrong_is_said_with_line_and_column(
    cast: Cast, tmp_path: Path, text: str, line: int, column: str, reason: str
) -> None:
    scenes.item_entry(cast)
    batch = take(cast, tmp_path, text)
    said = [(one["line"], one["column"]) for one in batch.faults]
    assert (line, column) in said, batch.faults
    assert any(reason in one["reason"] for one in batch.faults), batch.faults


def test_the_page_takes_either_kind_of_file(cast: Cast, tmp_path: Path, sign_in: Any) -> None:
    scenes.item_entry(cast)
    browser = sign_in(cast.officer)
    assert "裁量阶次" in browser.get("/desk/catalogue/files/template.csv?of=tiers").content.decode()
    batch = take(cast, tmp_path, GOOD)
    page = browser.get(f"/desk/catalogue/files/{batch.pk}/").content.decode()
    assert NAME in page
    assert "新增" in page
