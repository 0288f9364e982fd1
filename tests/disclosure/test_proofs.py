"""Every published text lies under a daily root, and anybody can check it without the portal."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from disclosure import actions
from disclosure.data import Withdraw
from disclosure.models import Snapshot
from disclosure.proofs.models import SealedSnapshot
from disclosure.public import verify_proof
from disclosure.public.models import PublishedProof, PublishedSeal
from portal.ledger.canonical import hashes
from portal.ledger.models import Seal
from portal.ledger.service import merkle_levels, merkle_path, merkle_root, seal
from portal.ledger.verification import verify
from portal.workflow.door import perform
from tests import case_scenes as scene
from tests.cast import Cast, fresh
from tests.database import triggers_off
from tests.disclosure.public.conftest import public_zone, visitor  # noqa: F401  # the public site's settings

pytestmark = pytest.mark.django_db
SCRIPT = Path(verify_proof.__file__)


def shown(cast: Cast) -> Any:
    """A published decision's disclosure, not sealed yet."""
    return scene.published(cast, scene.served(cast))


def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """The script as a stranger runs it: with Python alone."""
    return subprocess.run(
        [sys.executable, "-I", str(SCRIPT), *map(str, arguments)], capture_output=True, text=True, check=False, env={}
    )


@pytest.fixture(autouse=True)
def while_it_is_shown() -> Iterator[None]:
    """Everything happens on the day after the decision, within its display period."""
    with scene.on(scene.DECIDED + dt.timedelta(days=1)):
        yield


@pytest.fixture
def files(cast: Cast, visitor: Client, tmp_path: Path) -> tuple[Path, Path]:  # noqa: F811 - the fixture imported above
    """The proof and the daily roots as the public downloads them, under the second of two seals."""
    case = scene.served(cast)
    seal()
    scene.published(cast, case)
    seal()
    proof, seals = tmp_path / "proof.json", tmp_path / "seals.csv"
    key = Snapshot.objects.get().key
    proof.write_bytes(visitor.get(f"/decisions/{key}/proof.json").content)
    seals.write_bytes(b"".join(visitor.get("/seals/seals.csv")))
    return proof, seals


def test_what_the_public_downloads_is_proven_without_the_portal(files: tuple[Path, Path]) -> None:
    proof, seals = files
    found = run(proof, "--seals", seals)
    assert found.returncode == 0, found.stderr
    assert "Everything fits." in found.stdout
    assert "all 2 hang together" in found.stdout
    assert Seal.objects.get(number=2).chained in found.stdout
    assert json.loads(proof.read_text())["text"] == Snapshot.objects.get().content


def _changed(proof: dict[str, Any], change: str) -> dict[str, Any]:
    text = proof["text"].replace("示例", "别的", 1)
    seal = proof["seal"]
    return {
        "text": proof | {"text": text},
        "text and hash": proof | {"text": text, "sha256": hashes(text)[0]},
        "root": proof | {"seal": seal | {"public_root": "0" * 64}},
        "day": proof | {"seal": seal | {"day": "2026-01-01"}},
        "place": proof | {"position": 1},
        "way": proof | {"path": [["left", "0" * 64]]},
        "events": proof | {"seal": seal | {"events": seal["events"] + 1}},
    }[change]


@pytest.mark.parametrize("change", ["text", "text and hash", "root", "day", "place", "way", "events"])
def test_a_changed_proof_does_not_fit(files: tuple[Path, Path], change: str) -> None:
    proof, seals = files
    proof.write_text(json.dumps(_changed(json.loads(proof.read_text()), change)))
    found = run(proof, "--seals", seals)
    assert (found.returncode, found.stdout.count("Everything fits.")) == (1, 0)
    assert "DOES NOT FIT" in found.stderr


def test_a_seal_made_anew_with_a_changed_text_is_not_among_the_roots(files: tuple[Path, Path]) -> None:
    proof, seals = files
    forged = json.loads(proof.read_text())
    forged["text"] = forged["text"].replace("示例", "别的", 1)
    forged["sha256"] = hashes(forged["text"])[0]
    forged["seal"]["public_root"] = merkle_root([forged["sha256"]])
    forged["seal"]["chained"] = verify_proof.chained(forged["seal"])
    proof.write_text(json.dumps(forged))
    assert run(proof).returncode == 0  # in itself it fits; the roots give it away
    found = run(proof, "--seals", seals)
    assert found.returncode == 1
    assert "not among them" in found.stderr


@pytest.mark.parametrize("change", ["left out", "changed"])
def test_daily_roots_that_do_not_hang_together_are_found(files: tuple[Path, Path], change: str) -> None:
    proof, seals = files
    rows = list(csv.DictReader(io.StringIO(seals.read_text())))
    rows = rows[1:] if change == "left out" else [rows[0] | {"events": "999"}, rows[1]]
    with seals.open("w", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)
    found = run(proof, "--seals", seals)
    assert (found.returncode, "DOES NOT FIT" in found.stderr) == (1, True)


@pytest.mark.parametrize("text", ["", "[]", "{", '{"format": "disclosure-proof/1"}', "[" * 100_000, "null", "\x00"])
def test_a_file_that_is_no_proof_is_named_as_such(tmp_path: Path, text: str) -> None:
    file = tmp_path / "proof.json"
    file.write_text(text)
    found = run(file)
    assert (found.returncode, "cannot be read" in found.stderr, "Traceback" in found.stderr) == (2, True, False)
    assert run(tmp_path / "nowhere.json").returncode == 2


def _reaches(path: list[list[str]], leaf: str, place: int, leaves: int, root: str) -> bool:
    try:
        return verify_proof.root_by(path, leaf, place, leaves) == root
    except verify_proof.WrongError:
        return False


@given(st.integers(1, 70), st.data())
def test_every_leaf_of_a_tree_of_any_size_reaches_its_root_and_only_from_its_place(leaves: int, data: Any) -> None:
    texts = [hashes(str(number))[0] for number in range(leaves)]
    levels, root = merkle_levels(texts), merkle_root(texts)
    place = data.draw(st.integers(0, leaves - 1))
    path = merkle_path(levels, place)
    assert verify_proof.root_by(path, texts[place], place, leaves) == root
    other = data.draw(st.integers(0, leaves - 1))
    assert other == place or not _reaches(path, texts[place], other, leaves, root)


def test_a_proof_is_there_after_the_seal_and_gone_with_the_decision(cast: Cast, visitor: Client) -> None:  # noqa: F811 - the fixture imported above
    disclosure = shown(cast)
    key = Snapshot.objects.get().key
    assert visitor.get(f"/decisions/{key}/proof.json").status_code == 404
    assert "次日凌晨" in visitor.get(f"/decisions/{key}/").content.decode()
    seal()
    assert visitor.get(f"/decisions/{key}/proof.json").status_code == 200
    assert f"/decisions/{key}/proof.json" in visitor.get(f"/decisions/{key}/").content.decode()
    perform(
        scene.disclosure_of(disclosure.act),
        actions.WITHDRAW,
        actor=fresh(cast.head),
        data=Withdraw(reason="决定被撤销（虚构）"),
    )
    assert visitor.get(f"/decisions/{key}/proof.json").status_code == 404
    assert not PublishedProof.objects.exists()
    assert PublishedSeal.objects.count() == Seal.objects.count()


def test_the_public_sees_every_daily_root_page_by_page(cast: Cast, visitor: Client) -> None:  # noqa: F811 - the fixture imported above
    assert "还没有封存" in visitor.get("/seals/").content.decode()
    scene.served(cast)
    seal()
    page = visitor.get("/seals/").content.decode()
    assert Seal.objects.get().chained in page
    for strange in ("x", "-1", "0", "99999999999", "1'--"):
        assert visitor.get("/seals/", {"before": strange}).status_code == 200
    assert visitor.get("/seals/verify_proof.py").content == SCRIPT.read_bytes()


def test_a_snapshot_changed_behind_the_portal_is_found(cast: Cast) -> None:
    shown(cast)
    seal()
    assert list(verify()) == []
    with triggers_off("disclosure_snapshot"), connection.cursor() as cursor:
        cursor.execute("UPDATE disclosure_snapshot SET content = replace(content, '示例', '别的')")
    assert {finding.kind for finding in verify()} == {"published"}


def test_what_lies_under_a_seal_stays_there(cast: Cast) -> None:
    shown(cast)
    seal()
    for row in (SealedSnapshot.objects.get(), PublishedSeal.objects.first()):
        assert row is not None
        with pytest.raises(DatabaseError), transaction.atomic():
            row.delete()
