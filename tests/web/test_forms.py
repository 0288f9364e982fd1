"""The form of an action is made from its data class: kinds, errors, drafts, and the data that comes out."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from portal.accounts.models import Department, User
from portal.attachments.models import Attachment
from portal.matters.models import Matter
from portal.web.forms import ActionForm
from portal.workflow.actions import Action
from portal.workflow.data import dump, entry, load
from tests.cast import Cast, matter

COLOURS = [("red", "红"), ("green", "绿"), ("blue", "蓝")]
SIGNED = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


def departments(_subject: Any, _actor: Any) -> Any:
    return Department.objects.exclude(code="FY")


def people(_subject: Any, actor: Any) -> Any:
    return User.objects.filter(department=actor.department_id)


@dataclass(frozen=True)
class Everything:
    """One field of each kind."""

    name: str = entry("名称", group="一、基本情况", help="写全称", law=("CF-04",))
    story: str = entry("经过", "long", group="一、基本情况", longest=20)
    day: dt.date = entry("日期", "date", group="二、时间")
    fine: Decimal = entry("罚款", "money", group="二、时间")
    agreed: bool = entry("同意", "flag", group="一、基本情况")
    colour: str = entry("颜色", "choice", options=lambda _subject, _actor: COLOURS, group="三、选择")
    colours: tuple[str, ...] = entry("各色", "choices", options=lambda _subject, _actor: COLOURS, group="三、选择")
    place: int = entry("部门", "record", options=departments, group="三、选择")
    staff: tuple[int, ...] = entry("人员", "records", options=people, group="三、选择")
    papers: tuple[int, ...] = entry("材料", "files", default=(), group="四、材料")
    moment: dt.datetime | None = entry("时刻", "moment", default=None, group="二、时间")
    number: int | None = entry("份数", "integer", default=None, group="二、时间")
    told: bool = entry("已告知", "flag", default=False, group="三、选择")
    remark: str = entry("备注", default="无")


ALL_KINDS: Action[Matter, Everything] = Action(
    key="tests.everything",
    label="全部种类",
    model=Matter,
    source=frozenset({"x"}),
    target=None,
    roles=frozenset({"officer"}),
    data=Everything,
    body=lambda _attempt: None,
)


def typed(cast: Cast, **changes: Any) -> QueryDict:
    values: dict[str, Any] = {
        "form_token": uuid.uuid4().hex,
        "name": " 示例食品店（虚构） ",
        "story": "第一行\r\n第二行",
        "day": "2026-11-24",
        "fine": "32,000",
        "agreed": "false",
        "colour": "green",
        "colours": ["red", "blue"],
        "place": str(cast.city.pk),
        "staff": [str(cast.second_officer.pk), str(cast.officer.pk), ""],
        "moment": "2026-11-24T10:30",
        "number": "",
        "remark": "",
    }
    data = QueryDict(mutable=True)
    for name, value in (values | changes).items():
        data.setlist(name, value if isinstance(value, list) else [value])
    return data


def form_of(cast: Cast, data: QueryDict | None = None, **more: Any) -> ActionForm:
    return ActionForm(ALL_KINDS, subject=None, actor=cast.officer, data=data, **more)


def test_what_was_typed_becomes_the_actions_data(cast: Cast) -> None:
    form = form_of(cast, typed(cast))
    assert form.is_valid(), form.errors
    data = form.to_data()
    assert data == Everything(
        name="示例食品店（虚构）",
        story="第一行\n第二行",
        day=dt.date(2026, 11, 24),
        fine=Decimal(32000),
        agreed=False,
        colour="green",
        colours=("red", "blue"),
        place=cast.city.pk,
        staff=(cast.second_officer.pk, cast.officer.pk),
        moment=dt.datetime(2026, 11, 24, 2, 30, tzinfo=dt.UTC),
        remark="",
    )
    assert load(Everything, dump(data)) == data


def test_the_order_of_several_people_is_the_order_chosen(cast: Cast) -> None:
    form = form_of(cast, typed(cast, staff=[str(cast.head.pk), "", str(cast.officer.pk)]))
    assert form.is_valid()
    assert form.to_data().staff == (cast.head.pk, cast.officer.pk)


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("name", "", "必须填写"),
        ("story", "字" * 21, "最多 20 字，现有 21 字"),
        ("day", "昨天", "请按 2026-11-24 的样子填写"),
        ("fine", "很多", "请只填数字"),
        ("agreed", "", "请选择“是”或者“否”"),
        ("colour", "yellow", "请重新选择"),
        ("colours", ["yellow"], "请重新选择"),
        ("place", "999999", "请从列表里重新选择"),
        ("staff", [], "请选择"),
        ("number", "三", "不是整数"),
    ],
)
def test_a_wrong_value_is_refused_with_the_cure_and_stays_in_the_form(
    cast: Cast, field: str, value: Any, words: str
) -> None:
    form = form_of(cast, typed(cast, **{field: value}))
    assert not form.is_valid()
    assert list(form.errors) == [field]
    assert words in str(form.errors[field])
    if field in {"name", "story", "day", "fine", "number"}:
        assert value in str(form[field])


def test_somebody_from_another_department_cannot_be_chosen(cast: Cast) -> None:
    form = form_of(cast, typed(cast, staff=[str(cast.foreign_officer.pk)]))
    assert not form.is_valid()
    assert "不在可选范围内" in str(form.errors["staff"])


def test_the_same_person_cannot_be_chosen_twice(cast: Cast) -> None:
    form = form_of(cast, typed(cast, staff=[str(cast.officer.pk)] * 2))
    assert not form.is_valid()
    assert "选了两次" in str(form.errors["staff"])


def test_the_form_follows_the_groups_of_the_paper_form(cast: Cast) -> None:
    parts = form_of(cast).sections()
    assert [part.title for part in parts] == ["一、基本情况", "二、时间", "三、选择", "四、材料", "其他"]
    assert [bound.name for bound in parts[0].fields] == ["name", "story", "agreed"]


def test_the_article_stands_beside_its_field(cast: Cast) -> None:
    assert getattr(form_of(cast).fields["name"], "law") == "处罚法60条"  # noqa: B009 - set by the form on a Django field


def test_a_draft_keeps_what_was_typed_as_typed(cast: Cast) -> None:
    data = typed(cast, fine="三万", day="", told="on")
    kept = form_of(cast, data).typed()
    assert kept["fine"] == "三万"
    assert kept["day"] == ""
    assert kept["told"] is True
    assert kept["staff"] == [str(cast.second_officer.pk), str(cast.officer.pk)]
    shown = form_of(cast, initial=kept).as_p()
    assert "三万" in shown
    assert 'value="green" checked' in shown or 'value="green" required id="id_colour_1" checked' in shown


def test_a_stored_proposal_can_be_opened_again(cast: Cast) -> None:
    form = form_of(cast, typed(cast))
    assert form.is_valid()
    again = form_of(cast, initial=dump(form.to_data()))
    assert again["fine"].value() == "32000"
    assert again["agreed"].value() == "false"
    assert "2026-11-24T10:30" in str(again["moment"])


def test_an_uploaded_file_survives_an_error_elsewhere(cast: Cast) -> None:
    place = matter(cast.market)
    uploads = MultiValueDict({"papers": [SimpleUploadedFile("笔录.pdf", SIGNED, "application/pdf")]})
    form = form_of(cast, typed(cast, name=""), files=uploads, matter=place)
    form.take_uploads()
    assert not form.is_valid()
    stored = Attachment.objects.get()
    assert stored.matter == place
    assert f'name="papers" value="{stored.pk}"' in str(form["papers"])
    again = form_of(cast, typed(cast, papers=[str(stored.pk)]), matter=place)
    again.take_uploads()
    assert again.is_valid(), again.errors
    assert again.to_data().papers == (stored.pk,)


def test_a_file_of_another_matter_cannot_be_named(cast: Cast) -> None:
    foreign = matter(cast.city)
    uploads = MultiValueDict({"papers": [SimpleUploadedFile("笔录.pdf", SIGNED, "application/pdf")]})
    first = form_of(cast, typed(cast), files=uploads, matter=foreign)
    first.take_uploads()
    key = Attachment.objects.get().pk
    form = form_of(cast, typed(cast, papers=[str(key)]), matter=matter(cast.market))
    form.take_uploads()
    assert form.is_valid()
    assert form.to_data().papers == ()


def test_a_refused_file_says_why(cast: Cast) -> None:
    uploads = MultiValueDict({"papers": [SimpleUploadedFile("程序.exe", b"MZ", "application/octet-stream")]})
    form = form_of(cast, typed(cast), files=uploads, matter=matter(cast.market))
    form.take_uploads()
    assert not form.is_valid()
    assert "程序.exe" in str(form.errors["papers"])
