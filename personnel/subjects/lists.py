"""Reads lists of items as people paste them: one a line, code, name, and for streets whose power it was."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

MOST = 1000
LONGEST = 120_000
CODE, NAME, ORIGIN = 30, 300, 80
PARTS = re.compile(r"\s*[\t|｜]\s*")


@dataclass(frozen=True)
class Line:
    """One item."""

    code: str
    name: str
    origin: str = ""

    def as_json(self) -> dict[str, str]:
        """Code and name."""
        return {"code": self.code, "name": self.name}


def read(text: str) -> tuple[list[Line], list[str]]:
    """The items, and a sentence for every line that is none; a code may stand there once."""
    found: dict[str, Line] = {}
    faults: list[str] = []
    rows = [(place, row.strip()) for place, row in enumerate(text.splitlines(), 1) if row.strip()]
    if len(rows) > MOST:
        return [], [_("一份清单最多 %(most)d 项，这里有 %(count)d 项。") % {"most": MOST, "count": len(rows)}]
    for place, row in rows:
        line = _line(row)
        if line is None:
            faults.append(
                _("第 %(place)d 行看不懂：应当是“编码 名称”，例如“4.17 对未建立进货查验记录的处罚”。")
                % {"place": place}
            )
        elif len(line.code) > CODE or len(line.name) > NAME or len(line.origin) > ORIGIN:
            faults.append(
                _("第 %(place)d 行太长：编码最多 30 字，名称最多 300 字，原行使部门最多 80 字。") % {"place": place}
            )
        elif line.code in found:
            faults.append(_("第 %(place)d 行的编码 %(code)s 前面已经有了。") % {"place": place, "code": line.code})
        else:
            found[line.code] = line
    return list(found.values()), faults


def _line(row: str) -> Line | None:
    head, *rest = PARTS.split(row)
    origin = ""
    if " " in head or "　" in head:
        code, name = head.split(None, 1)
        origin = rest[0] if rest else ""
    elif rest:
        code, name = head, rest[0]
        origin = rest[1] if len(rest) > 1 else ""
    else:
        return None
    return Line(code, name.strip(), origin.strip()) if name.strip() else None


def problem(text: str) -> str:
    """What is wrong with a pasted list, at most five sentences; empty when it can be taken."""
    lines, faults = read(text)
    if faults:
        more = _("（另有 %(count)d 行）") % {"count": len(faults) - 5} if len(faults) > 5 else ""
        return "".join(faults[:5]) + more
    return "" if lines else _("请逐行写明事项的编码和名称。")
