"""Wordings that the desk writes into a published text and the public page recognises."""

from __future__ import annotations

from typing import Final

# Stands in plain text for what was hidden; a screen reader speaks it, and the page shows it as a dark block.
HIDDEN_WORDS: Final = "已隐去"
HIDDEN: Final = f"［{HIDDEN_WORDS}］"
