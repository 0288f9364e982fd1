"""Labels, help, errors and controls of a form belong together for eye, keyboard and screen reader."""

from __future__ import annotations

import re

from django import forms
from django.template import engines

from portal.theme import components
from tests.theme.styleguide import PLAN, FilingForm


def draw(source: str, **context: object) -> str:
    """Draw a piece of a template."""
    return engines["django"].from_string("{% load zf %}" + source).render(context)


def test_a_faulty_field_says_so_next_to_its_control_and_keeps_what_was_typed() -> None:
    form = FilingForm({"code": "92650204MA0000003Q"})
    drawn = draw("{% field field %}", field=form["code"])
    assert 'aria-invalid="true"' in drawn
    assert 'aria-describedby="id_code_helptext id_code_error"' in drawn
    assert 'id="id_code_helptext"' in drawn
    assert 'id="id_code_error"' in drawn
    assert 'value="92650204MA0000003Q"' in drawn
    assert "第 18 位应为 R。请对照营业执照再填一次。" in drawn
    assert "is-invalid" in drawn


def test_an_untouched_field_accuses_nobody() -> None:
    drawn = draw("{% field field %}", field=FilingForm()["code"])
    assert "aria-invalid" not in drawn
    assert "bad" not in drawn
    assert 'aria-describedby="id_code_helptext"' in drawn


def test_what_may_be_left_out_is_marked_and_what_must_be_filled_is_not() -> None:
    form = FilingForm()
    assert "（选填）" in draw("{% field field %}", field=form["phone"])
    assert "（选填）" not in draw("{% field field %}", field=form["name"])
    assert "（选填）" not in draw("{% field field %}", field=form["checked"])


def test_a_choice_of_several_is_a_named_group_with_its_error() -> None:
    drawn = draw("{% field field %}", field=FilingForm({})["party_kind"])
    assert re.search(
        r'<fieldset class="zf-field bad" id="id_party_kind" aria-describedby="id_party_kind_error">', drawn
    )
    assert "<legend" in drawn
    assert drawn.count('class="form-check-input"') == 3


def test_both_parts_of_a_moment_have_names_of_their_own() -> None:
    drawn = draw("{% field field %}", field=FilingForm()["heard_at"])
    assert 'aria-label="听证时间，日期"' in drawn
    assert 'aria-label="听证时间，时间"' in drawn


def test_the_article_stands_beside_the_control_it_governs() -> None:
    form = FilingForm()
    form.fields["fact"].law = "处罚法第40条"  # type: ignore[attr-defined]
    assert "处罚法第40条" in draw("{% field field %}", field=form["fact"])
    assert "处罚法第59条" in draw('{% field field law="处罚法第59条" %}', field=form["fact"])


def test_help_and_labels_are_escaped() -> None:
    class Hostile(forms.Form):
        text = forms.CharField(label="<script>1</script>", help_text="<script>2</script>")

        def clean_text(self) -> str:
            raise forms.ValidationError("<script>3</script>")

    form = Hostile({"text": "<script>4</script>"})
    drawn = draw("{% field field %}{% error_summary form %}", field=form["text"], form=form)
    assert "<script" not in drawn
    assert drawn.count("&lt;script&gt;") >= 6


def test_every_line_of_the_summary_leads_to_its_control() -> None:
    form = FilingForm({"name": "示例"})
    summary = draw("{% error_summary form %}", form=form)
    page = "".join(draw("{% field field %}", field=bound) for bound in form)
    anchors = re.findall(r'href="#([^"]+)"', summary)
    assert "id_party_kind_0" in anchors
    assert "id_kinds_0" in anchors
    assert all(f'id="{anchor}"' in page for anchor in anchors)
    assert "承办人不足两人" in summary
    assert 'role="alert" tabindex="-1" autofocus' in summary
    assert f"有 {summary.count('<li>')} 处要改" in summary


def test_no_fault_no_summary() -> None:
    assert draw("{% error_summary form %}", form=FilingForm()).strip() == ""


def test_the_summary_reads_form_sets_too() -> None:
    class Party(forms.Form):
        name = forms.CharField(label="名称")

    parties = forms.formset_factory(Party, extra=0, min_num=2, validate_min=True)(
        {"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "0", "form-0-name": ""}
    )
    parties.is_valid()
    summary = draw("{% error_summary parties %}", parties=parties)
    assert 'href="#id_form-0-name"' in summary
    assert summary.count("<li>") == 2


def test_no_field_gets_lost_between_the_parts_of_a_form() -> None:
    form = FilingForm()
    parts = components.sections(form, PLAN[:1])
    drawn = [bound.name for part in parts for bound in part.fields]
    assert sorted(drawn) == sorted(bound.name for bound in form.visible_fields())


def test_the_list_of_parts_counts_what_has_to_be_changed() -> None:
    parts = components.sections(FilingForm({"name": "示例", "code": "1"}), PLAN)
    assert [part.faults for part in parts] == [2, 4, 1]


def test_a_form_works_without_script_and_saves_itself_with_it() -> None:
    form = FilingForm()
    context = {"form": form, "parts": components.sections(form, PLAN), "draft_label": "存草稿"}
    plain = draw('{% include "theme/form.html" %}', **context)
    assert "hx-" not in plain
    assert 'name="save_draft"' in plain
    assert 'enctype="multipart/form-data"' in plain
    assert 'type="hidden" name="token"' in plain
    assert 'hx-post="/autosave/"' in draw('{% include "theme/form.html" %}', **context, autosave_url="/autosave/")


def test_a_form_that_cannot_be_sent_yet_says_what_is_missing() -> None:
    drawn = draw(
        '{% include "theme/form.html" %}',
        form=FilingForm(),
        blocked=True,
        missing="还有 4 处没有确认。",
        submit_label="提交",
    )
    assert 'aria-disabled="true" aria-describedby="form-missing"' in drawn
    assert "btn-primary" not in drawn
