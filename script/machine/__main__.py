"""Entry of every command in script/: `python script/machine COMMAND …` (standard library only)."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

COMMANDS = {
    "assets": "machine.assets",
    "bootstrap": "machine.bootstrap",
    "demo": "machine.demo",
    "test": "machine.testing",
    "lint": "machine.lint",
    "manage": "machine.manage",
    "bench": "machine.bench",
}


def main() -> int:
    """Run one command and return its exit status."""
    sys.path[0] = str(Path(__file__).resolve().parent.parent)
    from machine.places import Trouble, say

    command = importlib.import_module(COMMANDS[sys.argv[1]])
    try:
        return int(command.main(sys.argv[2:]))
    except Trouble as trouble:
        say(str(trouble))
        return 1
    except KeyboardInterrupt as ended:
        return 128 + getattr(ended, "number", 2)


if __name__ == "__main__":
    sys.exit(main())
