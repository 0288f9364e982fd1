"""Reads docker-compose.yml, the Dockerfile and the settings the way the tests of this folder compare them."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[2]
READERS = {"read", "flag", "words"}


@dataclass(frozen=True)
class Variables:
    """The environment variables a settings module reads."""

    required: frozenset[str]
    known: frozenset[str]


def variables(settings: str) -> Variables:
    """What `portal.settings` or `portal.settings_public` reads, by its calls of read, flag and words."""
    tree = ast.parse((ROOT / f"{settings.replace('.', '/')}.py").read_text(encoding="utf-8"))
    required, known = set(), set()
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in READERS):
            continue
        name = ast.literal_eval(node.args[0])
        known.add(name)
        if node.func.id == "read" and len(node.args) == 1 and not node.keywords:
            required.add(name)
    return Variables(frozenset(required), frozenset(known))


def compose() -> dict[str, Any]:
    """The compose file with its anchors merged."""
    parsed: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
    return parsed


def services() -> dict[str, dict[str, Any]]:
    """Every service by name."""
    found: dict[str, dict[str, Any]] = compose()["services"]
    return found


def ours() -> dict[str, dict[str, Any]]:
    """The services that run the portal's own image."""
    return {name: service for name, service in services().items() if service["image"].startswith("enforcement-portal:")}


def given(service: dict[str, Any]) -> set[str]:
    """The variables a service gets, NAME_FILE counted as NAME."""
    return {name.removesuffix("_FILE") for name in service["environment"]}


def words(command: Any) -> list[str]:
    """A compose command as its words, the inside of `sh -c` included."""
    return " ".join(command if isinstance(command, list) else [command]).replace("&&", " && ").split()


def dockerfile() -> list[str]:
    """The Dockerfile's instructions, continued lines joined, comments left out."""
    text = (ROOT / "Dockerfile").read_text(encoding="utf-8").replace("\\\n", " ")
    return [line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#")]
