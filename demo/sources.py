"""The district as data: its departments and what each may punish, read from the files beside this one."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "data"
INVENTED = "（示例依据）"


@dataclass(frozen=True)
class Outcome:
    """What may come of a case: kinds of penalty, the range of the fine in yuan, whether a hearing is offered."""

    kinds: tuple[str, ...]
    fine: tuple[int, int] | None = None
    hearing: bool = False
    reduced: bool = False
    reason: str = ""
    words: str = ""


@dataclass(frozen=True)
class Item:
    """One item of a department's catalogue, with the scene that an officer finds."""

    code: str
    did: str
    scene: str
    site: str
    who: tuple[str, ...]
    outcomes: tuple[Outcome, ...]
    violated: str
    basis: str

    @property
    def name(self) -> str:
        """As the catalogue lists it."""
        return f"对{self.did}的处罚"


@dataclass(frozen=True)
class Body:
    """A department, who works there, and its share of the cases."""

    code: str
    name: str
    short_name: str
    kind: str
    lead: str
    prefix: str
    parent: str
    field: str
    cases: int
    reconsideration: str
    duties: str
    staff: tuple[tuple[str, ...], ...]
    items: tuple[Item, ...]

    @property
    def issuer(self) -> str:
        """Whose number series its papers take: an entrusted body's are its delegator's."""
        return self.parent or self.code


@cache
def words() -> dict[str, Any]:
    """Words for names, and columns of layouts."""
    return tomllib.loads((DATA / "words.toml").read_text(encoding="utf-8"))


@cache
def bodies() -> tuple[Body, ...]:
    """Every department, the busiest first."""
    catalogue = _catalogue()
    rows = tomllib.loads((DATA / "departments.toml").read_text(encoding="utf-8"))["department"]
    return tuple(_body(row, catalogue.get(row["code"], [])) for row in rows)


def _body(row: dict[str, Any], items: list[dict[str, Any]]) -> Body:
    staff = []
    for words in row["staff"]:
        roles, _star, count = words.partition("*")
        staff += [tuple(roles.split("+"))] * int(count or 1)
    return Body(
        code=row["code"],
        name=row["name"],
        short_name=row["short_name"],
        kind=row["kind"],
        lead=row.get("lead", "own"),
        prefix=row["prefix"],
        parent=row.get("parent", ""),
        field=row.get("field", ""),
        cases=row.get("cases", 0),
        reconsideration=row.get("reconsideration", ""),
        duties=row["duties"],
        staff=tuple(staff),
        items=tuple(_item(f"{row['code']}-{place:03d}", item) for place, item in enumerate(items, start=1)),
    )


def _catalogue() -> dict[str, list[dict[str, Any]]]:
    """Items by department: a file's name is its department's code, unless the item names another."""
    found: dict[str, list[dict[str, Any]]] = {}
    for file in sorted((DATA / "items").glob("*.toml")):
        for item in tomllib.loads(file.read_text(encoding="utf-8"))["item"]:
            found.setdefault(item.get("department", file.stem.upper()), []).append(item)
    return found


def _item(code: str, row: dict[str, Any]) -> Item:
    did = row["did"].rpartition("：")[2]
    return Item(
        code=code,
        did=did,
        scene=row["scene"],
        site=row["site"],
        who=tuple(row["who"]),
        outcomes=tuple(_outcome(outcome) for outcome in row["outcomes"]),
        violated=row.get("violated") or f"示例条款：不得{did}{INVENTED}",
        basis=row.get("basis") or f"示例条款：对{did}的处罚{INVENTED}",
    )


def _outcome(row: dict[str, Any]) -> Outcome:
    fine = row.get("fine")
    return Outcome(
        kinds=tuple(row["kinds"]),
        fine=(fine[0], fine[1]) if fine else None,
        hearing=row.get("hearing", False),
        reduced=row.get("reduced", False),
        reason=row.get("reason", ""),
        words=row.get("words", ""),
    )
