"""Masking: proposes what to hide in a text (pure functions) and writes the public wording."""

from .detector import find_spans
from .rendering import Segment, masked, pseudonyms, segments
from .spans import Kind, KnownNames, Span

__all__ = ["Kind", "KnownNames", "Segment", "Span", "find_spans", "masked", "pseudonyms", "segments"]
