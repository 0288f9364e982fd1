"""Lists the benchmarks, or runs one and prints its figures as a table or as one line of JSON."""

from __future__ import annotations

import ast
import importlib
import json
import sys
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent


def main(arguments: list[str]) -> int:
    """`python -m benchmarks [NAME] [--json]`."""
    as_json = "--json" in arguments
    names = [word for word in arguments if word != "--json"]
    if not names:
        listing = list_benchmarks()
        width = max(map(len, listing), default=0)
        for name, purpose in listing.items():
            print(f"{name:<{width}}  {purpose}")
        return 0
    import django

    django.setup()
    figures: dict[str, Any] = importlib.import_module(f"benchmarks.{names[0]}").run()
    print(json.dumps(figures, ensure_ascii=False) if as_json else table(figures))
    return 0


def list_benchmarks() -> dict[str, str]:
    """Every benchmark with the first line of its docstring."""
    found = {}
    for file in sorted(HERE.glob("[!_]*.py")):
        purpose = ast.get_docstring(ast.parse(file.read_text(encoding="utf-8"))) or ""
        found[file.stem] = purpose.partition("\n")[0]
    return found


def table(figures: dict[str, Any]) -> str:
    """The figures one per line, numbers aligned; nested figures under a dotted name."""
    rows = list(_flat(figures, ""))
    width = max(len(name) for name, _ in rows)
    return "\n".join(f"{name:<{width}}  {_shown(value)}" for name, value in rows)


def _flat(figures: dict[str, Any], prefix: str) -> list[tuple[str, Any]]:
    rows: list[tuple[str, Any]] = []
    for name, value in figures.items():
        if isinstance(value, dict):
            rows += _flat(value, f"{prefix}{name}.")
        else:
            rows.append((f"{prefix}{name}", value))
    return rows


def _shown(value: Any) -> str:
    return f"{value:>14,.3f}" if isinstance(value, float) else f"{value!s:>14}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
