"""What the components say and how they say it without colour, without script and without trust in their input."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.template import engines
from django.utils.html import format_html

from portal.theme import components as c
from portal.theme.icons import SHAPES

HOSTILE = "<script>alert(1)</script>\"'&"


def draw(source: str, **context: Any) -> str:
    """Draw a piece of a template."""
    return engines["django"].from_string("{% load zf %}" + source).render(context)


def test_every_shape_of_a_status_is_in_the_sprite_and_differs_from_the_others() -> None:
    sprite = draw('{% include "theme/sprite.html" %}')
    drawings = [sprite.split(f'id="l-{name}"')[1].split("</symbol>")[0] for name in SHAPES]
    assert len(set(drawings)) == len(SHAPES) == 8


def test_a_status_says_in_words_what_its_shape_shows() -> None:
    drawn = draw('{% light "amber" "剩 1 个工作日" %}')
    assert "剩 1 个工作日" in drawn
    assert "#l-amber" in drawn
    assert drawn == draw("{% light value %}", value=c.Light("amber", "剩 1 个工作日"))
    assert drawn == draw("{% light value %}", value={"shape": "amber", "words": "剩 1 个工作日"})


def test_an_unknown_status_or_icon_is_an_error_not_a_blank() -> None:
    with pytest.raises(KeyError):
        draw('{% light "purple" "?" %}')
    with pytest.raises(KeyError):
        draw('{% icon "unicorn" %}')


@pytest.mark.parametrize(
    "source",
    [
        '{% light "red" evil %}',
        "{% tag evil %}",
        "{% law evil evil %}",
        "{% note title=evil %}{{ evil }}{% endnote %}",
        "{% path steps %}",
        "{% gates unmet 1 %}",
        "{% clock clock %}",
        "{% dl pairs %}",
        "{% timeline entries %}",
        "{% pager page label=evil %}",
        "{% table table %}",
        '{% include "theme/duty.html" %}',
        '{% include "theme/tile.html" %}',
        '{% include "theme/figures.html" %}',
        '{% include "theme/result.html" with query=evil %}',
        '{% include "theme/facets.html" with action=evil target=evil %}',
        '{% include "theme/chosen.html" %}',
        '{% include "theme/paper.html" %}',
        '{% include "theme/empty.html" %}',
        '{% include "theme/breadcrumb.html" %}',
        '{% include "theme/next_steps.html" %}',
        '{% include "theme/progress_card.html" with poll_url=evil %}',
        '{% include "theme/hero.html" with title=evil sentence=evil action=evil query=evil %}',
        '{% include "theme/messages.html" %}',
        '{% include "theme/saved.html" with words=evil %}',
    ],
)
def test_no_component_lets_markup_through(source: str) -> None:
    unmet = [c.Unmet(HOSTILE, (HOSTILE, HOSTILE), local=True)]
    drawn = draw(
        source,
        evil=HOSTILE,
        steps=[c.NextStep(HOSTILE, unmet=unmet), c.NextStep(HOSTILE, HOSTILE), c.Step(HOSTILE, HOSTILE, "now")],
        others=[c.NextStep(HOSTILE, blocked=HOSTILE)],
        unmet=unmet,
        clock=c.Clock(
            HOSTILE, "red", HOSTILE, due_on=date(2026, 11, 24), title=HOSTILE, trace=[c.TraceStep(HOSTILE, HOSTILE)],
            article=HOSTILE, calendar_version=HOSTILE, changes=1, changes_url=HOSTILE,
        ),
        pairs=[c.Pair(HOSTILE, HOSTILE, HOSTILE, HOSTILE)],
        entries=[c.Entry(HOSTILE, HOSTILE, HOSTILE, HOSTILE)],
        page=c.Page(HOSTILE, HOSTILE, HOSTILE),
        table=c.Table(HOSTILE, [c.Column(HOSTILE, sort_url=HOSTILE), c.Column(HOSTILE)], [[c.Cell(HOSTILE, HOSTILE, HOSTILE, tag=HOSTILE), HOSTILE]], wide=True),
        duty=c.Duty("red", HOSTILE, date(2026, 11, 24), HOSTILE, HOSTILE, HOSTILE, HOSTILE, HOSTILE, HOSTILE),
        tile=c.Tile(HOSTILE, HOSTILE, "red", HOSTILE, [c.Bar(HOSTILE, HOSTILE, 1, 2)], [HOSTILE]),
        figures=[c.Figure(HOSTILE, HOSTILE, HOSTILE, HOSTILE)],
        result=c.Result(HOSTILE, HOSTILE, HOSTILE, [HOSTILE]),
        facets=[c.Facet(HOSTILE, HOSTILE, [c.Option(HOSTILE, HOSTILE, 1)]), c.Facet(HOSTILE, HOSTILE, kind="range", start=HOSTILE)],
        kept=[(HOSTILE, HOSTILE)],
        chosen=[c.Chosen(HOSTILE, HOSTILE)],
        paper=c.Paper(HOSTILE, HOSTILE, HOSTILE, [HOSTILE], HOSTILE, HOSTILE),
        empty=c.Empty(HOSTILE, HOSTILE, HOSTILE, HOSTILE),
        crumbs=[{"label": HOSTILE, "url": HOSTILE}, {"label": HOSTILE, "url": ""}],
        job=c.Job(HOSTILE, 1, 2, words=HOSTILE, result_url=HOSTILE, result_label=HOSTILE),
        shortcuts=[{"label": HOSTILE, "url": HOSTILE}],
        messages=[Message(constants.ERROR, HOSTILE, "")],
    )  # fmt: skip
    assert "&lt;script&gt;" in drawn
    assert "<script" not in drawn
    assert '"\'&"' not in drawn


def test_where_a_matter_stands_is_told_to_those_who_do_not_see_it() -> None:
    steps = [
        c.Step("立案", state="done"),
        c.Step("听证", state="skipped"),
        c.Step("告知", "11-18", "now"),
        c.Step("决定"),
    ]
    drawn = draw("{% path steps %}", steps=steps)
    assert drawn.count('aria-current="step"') == 1
    assert "，已完成" in drawn
    assert "，不适用" in drawn
    assert "第 3 步，共 4 步：" in drawn
    assert drawn.count("shown") == 1


def test_a_finished_matter_shows_its_last_station_on_a_phone() -> None:
    drawn = draw("{% path steps %}", steps=[c.Step("登记", state="done"), c.Step("结案", state="done")])
    assert "第 2 步，共 2 步：" in drawn
    assert "aria-current" not in drawn


def test_a_blocked_action_names_every_missing_condition_with_its_articles() -> None:
    unmet = [
        c.Unmet("陈述申辩期未满", "处罚法第44条"),
        {"sentence": "法制审核未通过", "citation": ["处罚法第58条", "本局目录第4项"], "local": True},
    ]
    drawn = draw("{% gates unmet 9 %}", unmet=unmet)
    assert "还差 2 项，另有 9 项已满足。" in drawn.replace("\n", "")
    assert "处罚法第44条" in drawn
    assert "处罚法第58条；本局目录第4项" in drawn
    assert drawn.count('<span class="zf-tag">本地</span>') == 1


def test_a_blocked_button_stays_focusable_and_points_to_its_reason() -> None:
    steps = [
        c.NextStep("作出处罚决定", unmet=[c.Unmet("陈述申辩期未满")], met=1),
        c.NextStep("送审", "/a/", primary=True),
    ]
    drawn = draw('{% include "theme/next_steps.html" %}', steps=steps)
    assert 'aria-disabled="true" aria-describedby="why-1"' in drawn
    assert 'id="why-1"' in drawn
    assert " disabled" not in drawn
    assert '<a class="btn btn-primary" href="/a/">送审</a>' in drawn


def test_a_deadline_shows_how_it_was_computed() -> None:
    clock = c.Clock(
        "作出决定", "green", "剩 23 日", due_on=date(2026, 12, 17), title="90 日内作出决定",
        trace=[c.TraceStep("2026-09-08 立案，当日不计"), {"text": "检验扣除 10 日", "article": "程序规定第64条"}],
        article="处罚法第60条", calendar_version="2026-3 版", computed_on=date(2026, 11, 18), changes=2, changes_url="/changes/",
    )  # fmt: skip
    drawn = draw("{% clock clock %}", clock=clock)
    for words in (
        "到 2026-12-17 星期四",
        "如何计算？",
        "90 日内作出决定",
        "程序规定第64条",
        "日历 2026-3 版",
        "2026-11-18 计算",
    ):
        assert words in drawn
    assert drawn.count("<li>") == 2
    assert '<a href="/changes/">改过 2 次</a>' in drawn


def test_a_deadline_in_hours_shows_its_minute_and_a_provisional_one_says_so() -> None:
    due = datetime(2026, 11, 24, 9, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
    drawn = draw("{% clock clock %}", clock=c.Clock("登记保存", "red", "逾期", due_on=date(2026, 11, 25), due_at=due))
    assert "到 2026-11-24 09:30 星期二" in drawn
    assert "2026-11-25" not in drawn
    assert "如何计算？" not in drawn
    assert "（暂定）" in draw(
        "{% clock clock %}",
        clock={
            "name": "归档",
            "shape": "provisional",
            "words": "暂定",
            "due_on": date(2027, 1, 6),
            "provisional": True,
        },
    )


def test_an_unknown_fact_is_a_dash_and_zero_is_a_fact() -> None:
    drawn = draw("{% dl pairs %}", pairs=[("拟罚款", None), ("件数", 0), ("备注", "")])
    assert drawn.count("<dd>—</dd>") == 2
    assert "<dd>0</dd>" in drawn
    assert draw("{% dl pairs %}", pairs={"件数": 0}).count("<dd>0</dd>") == 1


def test_a_list_of_facts_keeps_markup_that_its_room_made_safe() -> None:
    drawn = draw("{% dl pairs %}", pairs=[c.Pair("证号", format_html('<a href="{}">{}</a>', "/o/1/", "65020400121"))])
    assert '<a href="/o/1/">65020400121</a>' in drawn


def test_a_table_names_its_rows_and_labels_its_values_for_a_phone() -> None:
    table = c.Table("文书", [c.Column("文书"), c.Column("页数", numeric=True), c.Column("状态")],
                    [[c.Cell("告知书", "/d/1/"), 0, c.Cell("已送达", shape="green")]])  # fmt: skip
    drawn = draw("{% table table %}", table=table)
    assert '<th scope="row"><div><a href="/d/1/">告知书</a>' in drawn
    assert '<td data-label="页数" class="zf-num text-md-end"><div class="zf-oneline">0</div>' in drawn
    assert "#l-green" in drawn
    assert '<caption class="visually-hidden">文书</caption>' in drawn


def test_a_cell_may_be_a_mapping_safe_markup_a_number_or_nothing() -> None:
    row = [{"text": "4.17", "url": "/i/1/"}, format_html("<b>{}</b>", "市监"), Decimal("12.50"), None]
    table = c.Table("事项", [c.Column(label) for label in ("事项", "部门", "分值", "备注")], [row])  # type: ignore[list-item]
    drawn = draw("{% table table %}", table=table)
    assert '<a href="/i/1/">4.17</a>' in drawn
    assert "<b>市监</b>" in drawn
    assert '<div class="zf-oneline">12.50</div>' in drawn
    assert '<div class="zf-oneline">—</div>' in drawn


def test_an_empty_table_says_what_to_do() -> None:
    table = c.Table(
        "文书", [c.Column("文书")], [], empty=c.Empty("还没有文书", "作出后出现在这里。", "/new/", "起草文书")
    )
    drawn = draw("{% table table %}", table=table)
    assert "<table" not in drawn
    assert '<a href="/new/">起草文书</a>' in drawn


def test_a_sorted_column_says_so_to_a_screen_reader() -> None:
    table = c.Table("案件", [c.Column("案号", sort_url="?sort=-n", sort="asc")], [["1"]])
    assert 'aria-sort="ascending"' in draw("{% table table %}", table=table)


def test_a_page_without_neighbours_has_no_pager_and_an_end_has_no_dead_link() -> None:
    assert "<nav" not in draw("{% pager page %}", page=c.Page())
    drawn = draw("{% pager page %}", page=c.Page(older_url="?before=2"))
    assert 'href="?before=2"' in drawn
    assert '<span class="zf-off">上一页</span>' in drawn


def test_a_share_of_too_few_cases_is_words_without_a_bar() -> None:
    tile = c.Tile("示例街道", "/t/", "green", "无预警", [c.Bar("按期公示", "不足 10 件")])
    drawn = draw('{% include "theme/tile.html" %}', tile=tile)
    assert "不足 10 件" in drawn
    assert "<progress" not in drawn


def test_filters_send_along_what_they_do_not_show() -> None:
    drawn = draw(
        '{% include "theme/facets.html" with action="/list/" %}',
        facets=[c.Facet("罚款", "fine", kind="range", start="5")],
        kept=[("q", "水站")],
    )
    assert '<input type="hidden" name="q" value="水站">' in drawn
    assert 'name="fine_from" value="5"' in drawn
    assert "hx-" not in drawn
    assert 'type="submit"' in drawn


@pytest.mark.parametrize(
    ("state", "polls"), [("waiting", True), ("running", True), ("finished", False), ("failed", False)]
)
def test_long_work_is_asked_after_only_while_it_lasts(state: Any, polls: bool) -> None:
    job = c.Job("导入", 3, 10, state=state)
    drawn = draw('{% include "theme/progress_card.html" with poll_url="/job/1/" %}', job=job)
    assert ("hx-get" in drawn) is polls
    assert ("可以离开，完成后通知您。" in drawn) is polls


def test_a_message_of_failure_interrupts_and_one_of_success_waits() -> None:
    drawn = draw(
        '{% include "theme/messages.html" %}',
        messages=[Message(constants.ERROR, "没有保存", ""), Message(constants.SUCCESS, "已保存", "")],
    )
    assert drawn.index('role="alert"') < drawn.index("没有保存") < drawn.index('role="status"') < drawn.index("已保存")
