"""Errors of the clock: each message is a sentence for the person at the screen."""

from __future__ import annotations


class DeadlineError(ValueError):
    """Something about a date, a rule or a calendar that the person can put right."""


class LateEntryWithoutReason(DeadlineError):
    """A fact was entered more than one working day after it happened, and nobody said why."""


class UnknownRule(DeadlineError):
    """No rule has this key, and no code of the law this name."""


class NotAPeriod(DeadlineError):
    """The code exists, but it sets no period that can be computed."""


class BadCalendarFile(DeadlineError):
    """A calendar file that cannot be read; the message names the place and what is wrong there."""


class RuleBookError(Exception):
    """A rule book that contradicts itself or the rest of the portal: a mistake of ours, found at start."""
