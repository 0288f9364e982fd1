"""Runs one benchmark against throw-away services that are as durable as real ones."""

from __future__ import annotations

import os
import tempfile

from machine.bootstrap import bootstrap
from machine.demo_data import build_schema
from machine.places import PYTHON, ROOT, Trouble, outer_environment, say
from machine.processes import end_on_signals, in_foreground
from machine.services import throwaway_services


def main(arguments: list[str]) -> int:
    """script/bench NAME [--json]; without a name it lists what can be measured."""
    bootstrap()
    names = [word for word in arguments if not word.startswith("-")]
    if not names or len(names) > 1 or set(arguments) - {"--json", *names}:
        return in_foreground([str(PYTHON), "-m", "benchmarks"], os.environ, ROOT)
    if not (ROOT / "benchmarks" / f"{names[0]}.py").is_file():
        raise Trouble(f"There is no benchmark «{names[0]}»; script/bench alone lists them.")
    with (
        end_on_signals(),
        throwaway_services(durable=True) as services,
        tempfile.TemporaryDirectory(prefix="enforcement-portal-media-") as media,
    ):
        owner = {**outer_environment(), **services.owner_environment(), "PORTAL_MEDIA_ROOT": media, "PORTAL_DEMO": "1"}
        owner["DJANGO_SETTINGS_MODULE"] = "portal.settings"
        say("Preparing a database")
        build_schema(owner)
        # Measured is the programme with its own role; the owner's address stays at hand for what it may not do.
        environment = owner | services.environment()
        return in_foreground([str(PYTHON), "-m", "benchmarks", *arguments], environment, ROOT)
