"""States and the ways between them as a picture: states in a column, ways as arcs beside it."""

from __future__ import annotations

from dataclasses import dataclass

from portal.web.reference import Arrow, Workflow

ROW, TOP, LEFT, WIDTH, HEIGHT, STEP = 64, 20, 220, 180, 36, 22


@dataclass(frozen=True)
class Box:
    """A state."""

    label: str
    x: int
    y: int
    width: int = WIDTH
    height: int = HEIGHT

    @property
    def middle(self) -> int:
        """Height of its centre."""
        return self.y + self.height // 2

    @property
    def text_x(self) -> int:
        """Centre of its words."""
        return self.x + self.width // 2

    @property
    def text_y(self) -> int:
        """Base line of its words."""
        return self.middle + 5


@dataclass(frozen=True)
class Way:
    """An arrow: its line and the tip."""

    line: str
    tip: str


@dataclass(frozen=True)
class Picture:
    """Everything the template draws."""

    boxes: list[Box]
    ways: list[Way]
    width: int
    height: int
    description: str


def picture(one: Workflow) -> Picture:
    """States in the order of their list; ways onward at the right, ways back at the left."""
    order = _order(one)
    boxes = {label: Box(label, LEFT, TOP + ROW * place) for place, label in enumerate(order)}
    ways, right, left = [], 0, 0
    for arrow in one.arrows:
        if not arrow.source or arrow.source not in boxes or arrow.target not in boxes:
            continue
        start, end = boxes[arrow.source], boxes[arrow.target]
        distance = (end.y - start.y) // ROW
        if distance == 1:
            ways.append(_straight(start, end))
        elif distance > 1:
            right += 1
            ways.append(_arc(start, end, LEFT + WIDTH, 14 + STEP * min(right, 9)))
        else:
            left += 1
            ways.append(_arc(start, end, LEFT, -(14 + STEP * min(left, 8))))
    return Picture(
        list(boxes.values()),
        ways,
        LEFT * 2 + WIDTH + 40,
        TOP * 2 + ROW * len(boxes),
        "；".join(_words(a) for a in one.arrows),
    )


def _order(one: Workflow) -> list[str]:
    """The states that are on some way, in the order in which their room lists them."""
    used = {end for arrow in one.arrows for end in (arrow.source, arrow.target)}
    return [label for label in one.states.values() if label in used]


def _straight(start: Box, end: Box) -> Way:
    x, y = start.text_x, start.y + start.height
    return Way(f"M{x} {y}V{end.y - 6}", f"M{x - 5} {end.y - 8}l5 8 5-8z")


def _arc(start: Box, end: Box, side: int, bow: int) -> Way:
    outward = 1 if bow > 0 else -1
    tip = side + outward * 8
    line = f"M{side} {start.middle}C{side + bow} {start.middle} {side + bow} {end.middle} {tip} {end.middle}"
    return Way(line, f"M{tip} {end.middle - 5}l{-outward * 8} 5 {outward * 8} 5z")


def _words(arrow: Arrow) -> str:
    labels = "、".join(arrow.labels)
    return f"{arrow.source} → {arrow.target}：{labels}" if arrow.source else f"→ {arrow.target}：{labels}"
