"""System checks: the rule books are read, and every fact they name is stated by some action."""

from __future__ import annotations

from typing import Any

from django.core import checks

from portal.deadlines import registry
from portal.deadlines.errors import RuleBookError


@checks.register("deadlines")
def check_rule_books(**_kwargs: Any) -> list[checks.CheckMessage]:
    """Errors in the registered rule books, by file and rule."""
    try:
        unknown = registry.unknown_facts()
        registry.rules()
    except RuleBookError as error:
        return [checks.Error(str(error), id="deadlines.E001")]
    return [
        checks.Error(f"rule {key} names facts that no action states: {', '.join(names)}", id="deadlines.E002")
        for key, names in unknown.items()
    ]
