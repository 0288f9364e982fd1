"""The confirmation form of a department's list: printed with every line when it is reported, and again after a return."""

from __future__ import annotations

import io
import os
from pathlib import Path

from pypdf import PdfReader

from personnel.cleanup.models import Line
from portal.documents.models import Document
from portal.documents.press import stored_pdf
from portal.ledger.verification import verify
from tests.case_scenes import render_all
from tests.cast import Cast
from tests.cleanup import scenes


def test_the_form_names_every_line_its_outcome_and_who_answers_for_it(cast: Cast) -> None:
    scenes.staffed(cast, "齐示例", "葛示例")
    campaign = scenes.opened(cast)
    roll = scenes.roll_of(campaign, cast.market)
    for line in Line.objects.filter(roll=roll):
        scenes.confirmed(line, cast.dept_admin, "已核对档案")
    scenes.reported(cast, roll)
    render_all()
    document = Document.objects.get(kind="cleanup.confirmation")
    assert document.issuer == cast.market
    assert document.number.startswith("示市监清确〔")
    pdf = stored_pdf(document)
    if folder := os.environ.get("PORTAL_SCREENSHOTS"):
        (Path(folder) / "cleanup.confirmation.pdf").write_bytes(pdf)
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).replace("\n", "").replace(" ", "")
    for part in ("齐示例", "葛示例", "已核对档案", "核实无误", cast.head.name, campaign.name.replace(" ", "")):
        assert part in text, part
    assert list(verify()) == []
