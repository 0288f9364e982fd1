"""What the door answers when it stays shut: always a sentence for the person in front of it."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Unmet:
    """A gate that is not met: which, why, and the article behind it."""

    gate: str
    sentence: str
    citation: tuple[str, ...] = ()


class DoorError(Exception):
    """Base of everything the door refuses with."""

    sentence: str

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class Blocked(DoorError):
    """Gates are not met; carries all of them at once."""

    def __init__(self, unmet: list[Unmet]) -> None:
        self.unmet = unmet
        super().__init__("；".join(item.sentence for item in unmet))


class Forbidden(DoorError):
    """The actor may not do this; names the roles that could."""

    def __init__(self, sentence: str, roles: frozenset[str] = frozenset()) -> None:
        self.roles = roles
        super().__init__(sentence)


class Overtaken(DoorError):
    """Somebody was faster: the subject has left the state in which this can be done."""

    def __init__(self, state: str, who: str, when: str) -> None:
        self.state = state
        if who:
            text = _("已由%(who)s于 %(when)s 办理，现在的状态是“%(state)s”。您填的内容没有生效。")
        else:
            text = _("现在的状态是“%(state)s”，不能再办这一步。您填的内容没有生效。")
        super().__init__(text % {"who": who, "when": when, "state": state})


class Repeated(DoorError):
    """The same form was sent twice; the first one counted."""

    def __init__(self, event: int | None) -> None:
        self.event = event
        super().__init__(_("这一步已经办过了，没有重复办理。"))


class Invalid(DoorError):
    """What was entered is not acceptable; a sentence for each field."""

    def __init__(self, fields: dict[str, str]) -> None:
        self.fields = fields
        super().__init__("；".join(fields.values()))
