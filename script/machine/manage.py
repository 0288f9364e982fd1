"""Runs a Django command against the demo's services; stdout carries nothing but the command's own words."""

from __future__ import annotations

from pathlib import Path

from machine.bootstrap import bootstrap
from machine.demo_data import as_owner, bring_up_to_date, demo_environment
from machine.places import PYTHON, ROOT, say
from machine.processes import end_on_signals, in_foreground
from machine.services import demo_services

OWNERS_COMMANDS = {"migrate", "setup_roles", "flush", "sqlflush", "createcachetable", "dbshell"}
SCHEMA_COMMANDS = {
    "makemigrations",
    "migrate",
    "showmigrations",
    "sqlmigrate",
    "setup_roles",
    "help",
    "check",
}


def main(arguments: list[str]) -> int:
    """script/manage COMMAND …: Django's exit status; the caller's folder, stdin and stdout stay as they are."""
    if not arguments:
        say("script/manage COMMAND … runs a Django command against the demo; script/manage help lists them.")
        return 2
    bootstrap()
    with end_on_signals(), demo_services() as services:
        if arguments[0] not in SCHEMA_COMMANDS:
            bring_up_to_date(services)
        environment = (as_owner if arguments[0] in OWNERS_COMMANDS else demo_environment)(services)
        return in_foreground([str(PYTHON), str(ROOT / "manage.py"), *arguments], environment, Path.cwd())
