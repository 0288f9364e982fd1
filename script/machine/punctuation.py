"""Refuses half-width punctuation beside Chinese characters in templates and in translatable sentences."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

HAN = "[\u3400-\u9fff]"
BESIDE = re.compile(rf"{HAN}[,;:?!()]|[,;:?!()]{HAN}")
# What is not text: comments, what is between the braces of a variable, a tag's syntax, script and style.
NOT_TEXT = re.compile(
    r"\{#.*?#\}|\{%\s*comment\b.*?%\}.*?\{%\s*endcomment\s*%\}|<!--.*?-->|<(script|style)\b.*?</\1>",
    re.DOTALL | re.IGNORECASE,
)
VARIABLE = re.compile(r"\{\{.*?\}\}", re.DOTALL)
TAG = re.compile(r"\{%.*?%\}", re.DOTALL)
QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|\{\w*\}")
BLANK = "\ufffc"  # stands where something was taken out, so that what stood around it does not become neighbours


def problems(files: Iterable[Path]) -> Iterator[str]:
    """«file:line: the place» for every offence in the templates."""
    for file in files:
        for number, line in enumerate(visible_text(file.read_text(encoding="utf-8")).splitlines(), start=1):
            for place in offences(line):
                yield f"{file}:{number}: half-width punctuation in Chinese text: «{place}»"


def visible_text(template: str) -> str:
    """The template with everything a reader never sees taken out, line numbers kept."""
    text = NOT_TEXT.sub(_blank, template)
    text = VARIABLE.sub(lambda found: _quoted_words(found[0]), text)
    return TAG.sub(lambda found: _quoted_words(found[0]), text)


def offences(text: str) -> Iterator[str]:
    """The places of one line where , ; : ? ! ( ) touches a Chinese character."""
    text = PLACEHOLDER.sub(BLANK, text)
    for found in BESIDE.finditer(text):
        yield text[max(0, found.start() - 8) : found.end() + 8].strip()


def _blank(found: re.Match[str]) -> str:
    return BLANK + "\n" * found[0].count("\n")


def _quoted_words(syntax: str) -> str:
    """Of a tag or variable, only its quoted strings: `{% translate "…" %}` speaks to the reader."""
    words = BLANK.join(word[1:-1] for word in QUOTED.findall(syntax))
    return f"{BLANK}{words}{BLANK}" + "\n" * (syntax.count("\n") - words.count("\n"))
