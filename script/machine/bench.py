"""Runs one benchmark against throw-away services that are as durable as real ones."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile

from machine.bootstrap import bootstrap
from machine.places import PYTHON, ROOT, Trouble, say
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
        environment = os.environ | services.environment()
        environment |= {
            "PORTAL_MEDIA_ROOT": media,
            "PORTAL_DEMO": "1",
            "DJANGO_SETTINGS_MODULE": "portal.settings",
        }
        say("Preparing a database")
        for command in (("migrate", "--noinput", "--verbosity=0"), ("setup_roles",)):
            subprocess.run(
                [PYTHON, ROOT / "manage.py", *command], env=environment | services.owner_environment(),
                cwd=ROOT, stdin=subprocess.DEVNULL, stdout=sys.stderr, check=True,
            )  # fmt: skip
        return in_foreground([str(PYTHON), "-m", "benchmarks", *arguments], environment, ROOT)
