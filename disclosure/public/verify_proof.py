"""Checks a proof of a published decision without the portal; needs Python 3.9 or newer and nothing else.

    python3 verify_proof.py PROOF.json                    the text, its way to the daily root, the chained value
    python3 verify_proof.py PROOF.json --seals SEALS.csv  also that all daily roots hang together

Exit status 0: everything fits. 1: something does not. 2: a file cannot be read.
Write the chained value down, or compare it with one that you wrote down or that a newspaper printed:
nobody can change a published text, or the record of the office, without changing it.
"""

from __future__ import annotations

import argparse
import csv
import datetime as dt
import hashlib
import json
import re
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

GENESIS = "0" * 64
HASH = re.compile(r"[0-9a-f]{64}\Z")
NUMBERS = ("number", "events", "public_leaves")


class UnreadableError(Exception):
    """A file is not what it should be."""


class WrongError(Exception):
    """Something does not fit."""


def sha256(data: bytes) -> str:
    """SHA-256 in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def checked_hash(value: object, where: str) -> str:
    """The value when it is 64 hexadecimal digits; raises UnreadableError."""
    if not isinstance(value, str) or not HASH.match(value):
        raise UnreadableError(f"{where} is no SHA-256 in hexadecimal")
    return value


def read_seal(raw: object, where: str) -> dict[str, Any]:
    """A seal with its kinds of values checked; raises UnreadableError."""
    if not isinstance(raw, dict):
        raise UnreadableError(f"{where} is missing")
    seal = dict(raw)
    for name in NUMBERS:
        text = str(seal.get(name, ""))
        if not text.isascii() or not text.isdigit() or len(text) > 12:
            raise UnreadableError(f"{where}: {name} is no number")
        seal[name] = int(text)
    for name in ("root", "previous", "chained"):
        checked_hash(seal.get(name), f"{where}: {name}")
    if seal["public_leaves"]:
        checked_hash(seal.get("public_root"), f"{where}: public_root")
    try:
        dt.date.fromisoformat(str(seal.get("day")))
    except ValueError:
        raise UnreadableError(f"{where}: day is no date") from None
    return seal


def chained(seal: dict[str, Any]) -> str:
    """What the chained value of a seal must be."""
    parts = [seal["previous"], seal["root"], seal["day"], str(seal["events"])]
    if seal["public_leaves"]:
        parts += [str(seal["public_leaves"]), seal["public_root"]]
    return sha256("|".join(parts).encode())


def root_by(path: list[Any], leaf: str, position: int, leaves: int) -> str:
    """The root that a leaf reaches; the path must be the one its position has in a tree of so many leaves."""
    value = hashlib.sha256(b"\x00" + bytes.fromhex(leaf)).digest()
    steps = iter(path)
    width = leaves
    while width > 1:
        neighbour = position ^ 1
        if neighbour < width:
            try:
                side, other = next(steps)
            except (StopIteration, TypeError, ValueError):
                raise WrongError("the way to the root is too short or damaged") from None
            if side != ("left" if neighbour < position else "right"):
                raise WrongError("the way to the root does not belong to this position")
            other = bytes.fromhex(checked_hash(other, "a step of the way"))
            pair = other + value if side == "left" else value + other
            value = hashlib.sha256(b"\x01" + pair).digest()
        position //= 2
        width = (width + 1) // 2
    if next(steps, None) is not None:
        raise WrongError("the way to the root is too long")
    return value.hex()


def check_proof(proof: Any) -> dict[str, Any]:
    """The seal of a proof that fits; raises WrongError or UnreadableError."""
    if not isinstance(proof, dict) or proof.get("format") != "disclosure-proof/1":
        raise UnreadableError("this is no proof of a published decision")
    seal = read_seal(proof.get("seal"), "seal")
    text, position, path = proof.get("text"), proof.get("position"), proof.get("path")
    if not isinstance(text, str) or not isinstance(path, list) or type(position) is not int:
        raise UnreadableError("text, position or path is missing")
    leaf = checked_hash(proof.get("sha256"), "sha256")
    if sha256(text.encode()) != leaf:
        raise WrongError("the text does not have the hash that stands beside it")
    if not 0 <= position < seal["public_leaves"]:
        raise WrongError("there is no such place under the daily root")
    if root_by(path, leaf, position, seal["public_leaves"]) != seal["public_root"]:
        raise WrongError("the text does not lie under the daily root")
    if chained(seal) != seal["chained"]:
        raise WrongError("the daily root is not the one of the chained value")
    return seal


def check_seals(rows: Iterable[Any], seal: dict[str, Any]) -> int:
    """That all seals hang together and the proof's is one of them; raises WrongError or UnreadableError."""
    previous, number, found = GENESIS, 0, None
    for raw in rows:
        row = read_seal(raw, f"line {number + 2} of the daily roots")
        number += 1
        if row["number"] != number:
            raise WrongError(f"daily root {number} is missing")
        if row["previous"] != previous or chained(row) != row["chained"]:
            raise WrongError(f"daily root {number} does not hang on the one before")
        previous = row["chained"]
        if number == seal["number"]:
            found = row
    if found is None or found["chained"] != seal["chained"]:
        raise WrongError("the daily root of the proof is not among them")
    return number


def main(arguments: Sequence[str] | None = None) -> int:
    """The command; answers the exit status."""
    parser = argparse.ArgumentParser(description="Checks a proof of a published decision without the portal.")
    parser.add_argument("proof", help="the proof, a JSON file")
    parser.add_argument("--seals", help="all daily roots, a CSV file")
    chosen = parser.parse_args(arguments)
    try:
        proof = json.loads(Path(chosen.proof).read_text(encoding="utf-8-sig"))
        seal = check_proof(proof)
        print(f"text      fits its hash {proof['sha256']}")
        print(f"place     {proof['position'] + 1} of {seal['public_leaves']} under the daily root of {seal['day']}")
        if chosen.seals:
            with Path(chosen.seals).open(encoding="utf-8-sig", newline="") as file:
                print(f"roots     all {check_seals(csv.DictReader(file), seal)} hang together")
        print(f"chained   {seal['chained']} (number {seal['number']})")
    except (OSError, ValueError, RecursionError, UnreadableError, csv.Error) as error:
        print(f"cannot be read: {error}", file=sys.stderr)
        return 2
    except WrongError as error:
        print(f"DOES NOT FIT: {error}", file=sys.stderr)
        return 1
    print("Everything fits.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
