"""The lint that refuses half-width punctuation in Chinese text."""

from __future__ import annotations

from pathlib import Path

import pytest

from machine.punctuation import problems


def found_in(folder: Path, template: str) -> list[int]:
    """The line numbers at which the lint objects."""
    file = folder / "page.html"
    file.write_text(template, encoding="utf-8")
    return [int(problem.removeprefix(f"{file}:").partition(":")[0]) for problem in problems([file])]


@pytest.mark.parametrize(
    "text",
    [
        "<p>已送达,等待公示</p>",
        "<p>处罚决定(公示)</p>",
        '{% translate "怎么办?" %}',
        "{% blocktranslate %}共 {{ n }} 件:已办结{% endblocktranslate %}",
        '<input title="姓名:">',
        '{{ name|default:"无,待补" }}',
    ],
)
def test_half_width_punctuation_beside_chinese_is_refused(tmp_path: Path, text: str) -> None:
    assert set(found_in(tmp_path, f"<div>\n{text}\n</div>")) == {2}


@pytest.mark.parametrize(
    "text",
    [
        "<p>已送达，等待公示（7 个工作日）</p>",
        "{# 说明:只给开发者看 #}",
        "{% comment %}旧文,留着{% endcomment %}",
        '{% if kind == "处罚" %}(1){% endif %}',
        '<a href="/desk/?q=1">处罚</a>',
        '{{ row.state|default:"未定" }}',
        "<p>deadline: 3 days (working)</p>",
        "{% blocktranslate with name=party.name %}当事人{{ name }}已签收。{% endblocktranslate %}",
    ],
)
def test_full_width_punctuation_code_and_english_pass(tmp_path: Path, text: str) -> None:
    assert found_in(tmp_path, f"<div>\n{text}\n</div>") == []
