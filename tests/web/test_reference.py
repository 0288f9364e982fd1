"""The reference of all workflows says what the register says."""

from __future__ import annotations

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from portal.web.citations import article
from portal.web.diagram import picture
from portal.web.management.commands.write_reference import reference_path
from portal.web.reference import markdown, workflows
from portal.workflow.registry import added_gates, all_actions, all_reactions, gates_of
from tests.cast import Cast


def test_the_page_in_the_docs_is_the_one_that_is_generated() -> None:
    assert reference_path().read_text(encoding="utf-8") == markdown(), "run manage.py write_reference"


def test_every_action_gate_fact_and_reaction_is_in_it() -> None:
    text = markdown()
    for action in all_actions():
        assert f"`{action.key}`" in text
        for gate in gates_of(action):
            assert str(gate.sentence) in text
        for fact in action.facts:
            assert f"`{fact}`" in text
    for key, gates in added_gates().items():
        assert any(one.key == key for one in all_actions()), key
        assert gates
    for fact, reactions in all_reactions().items():
        for reaction in reactions:
            assert f"{fact} → {reaction.__module__}.{reaction.__qualname__}" in text


def test_a_page_out_of_date_is_noticed(tmp_path: Path) -> None:
    page = tmp_path / "reference" / "workflows.md"
    with pytest.raises(CommandError, match="write_reference"):
        call_command("write_reference", "--check", output=page)
    call_command("write_reference", output=page, stdout=StringIO())
    call_command("write_reference", "--check", output=page)
    page.write_text(page.read_text(encoding="utf-8") + "\n多出的一行", encoding="utf-8")
    with pytest.raises(CommandError):
        call_command("write_reference", "--check", output=page)


def test_every_state_that_can_be_reached_is_in_the_picture() -> None:
    for one in workflows():
        drawn = {box.label for box in picture(one).boxes}
        reached = {arrow.target for arrow in one.arrows}
        assert reached <= drawn, one.model


def test_an_article_is_written_with_the_name_of_its_law() -> None:
    assert article("BM-04") == "市场监督管理行政处罚程序规定第七十七条"
    assert article("CF-04") == "处罚法60条"
    assert article("处罚法54条") == "处罚法54条"
    assert "同上" not in "".join(line.law for flow in workflows() for line in flow.actions)


def test_the_page_shows_conditions_with_their_articles(cast: Cast, sign_in: Any) -> None:
    page = sign_in(cast.newcomer).get("/desk/workflows/").content.decode()
    assert "办案人员不得少于两人" in page
    assert "处罚法42条1款" in page
    assert "经办人提出，部门负责人、部门副职负责人批准" in page
