"""The seal holds every name a department may have, in order, upright at the top, without characters that touch."""

from __future__ import annotations

import math
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest

from portal.documents.seal import DEPARTMENT_DIAMETER, ring, seal_svg

NAMES = [
    "示例区司法局",
    "示例市示例区市场监督管理局",
    "示例市示例区人民政府示例路街道办事处",
    "示例市示例区文化体育广播电视和旅游产业发展局",
    "示例自治区示例市示例区城市管理综合行政执法大队",
]


@pytest.mark.parametrize("name", NAMES)
def test_neighbours_on_the_ring_do_not_touch(name: str) -> None:
    middle = DEPARTMENT_DIAMETER / 2
    signs = ring(name, DEPARTMENT_DIAMETER)
    for one, other in pairwise(signs):
        turn = math.radians(other.angle - one.angle)
        inner_edge = math.hypot(one.x - middle, one.y - middle) - one.height / 2
        assert one.width < turn * inner_edge, "the lower corners of neighbours meet"
        assert one.width > 18, "narrower than 1.8 mm cannot be read"


@pytest.mark.parametrize("name", NAMES)
def test_the_name_runs_left_to_right_around_the_top_and_stays_inside_the_ring(name: str) -> None:
    middle = DEPARTMENT_DIAMETER / 2
    signs = ring(name, DEPARTMENT_DIAMETER)
    angles = [sign.angle for sign in signs]
    assert angles == sorted(angles)
    assert angles[0] == pytest.approx(-angles[-1])
    assert angles[-1] - angles[0] < 300, "the ends leave a gap at the bottom"
    assert all(math.hypot(s.x - middle, s.y - middle) + s.height / 2 < middle - 12 for s in signs)


def test_the_drawing_carries_the_name_and_names_its_own_faces() -> None:
    drawing = ET.fromstring(seal_svg(NAMES[1], font_family="SimSun,Noto Serif CJK SC"))
    texts = list(drawing.iter("{http://www.w3.org/2000/svg}text"))
    assert "".join(text.text or "" for text in texts) == NAMES[1]
    assert {text.get("font-family") for text in texts} == {"SimSun,Noto Serif CJK SC"}
    assert drawing.get("width") == "42mm"


def test_the_centre_is_a_star_for_departments_and_plain_for_the_government() -> None:
    polygon = "{http://www.w3.org/2000/svg}polygon"
    with_star = ET.fromstring(seal_svg(NAMES[0], font_family="SimSun"))
    plain = ET.fromstring(seal_svg("示例区人民政府", diameter=450, star=False, font_family="SimSun"))
    assert with_star.find(polygon) is not None
    assert plain.find(polygon) is None
    assert plain.get("width") == "45mm"


def test_a_name_with_markup_does_no_harm() -> None:
    drawing = ET.fromstring(seal_svg("<局>&", font_family="SimSun"))
    assert [text.text for text in drawing.iter("{http://www.w3.org/2000/svg}text")] == list("<局>&")
