"""The seal of a department as a drawing, worked out from its name (国发〔1999〕25号)."""

from __future__ import annotations

import math
from dataclasses import dataclass

from django.utils.html import escape

# Tenths of a millimetre. 4.2 cm with a star for departments and streets (十三); 4.5 cm for the district
# government, whose state emblem we do not draw (九): its centre stays plain.
DEPARTMENT_DIAMETER = 420
GOVERNMENT_DIAMETER = 450
RED = "#d9001b"
_RING = 12
_GAP = 13
_STAR = 70
_WIDEST_ARC = 278.0


@dataclass(frozen=True)
class Sign:
    """One character on the ring: where its middle lies, how far it is turned, how tall and how wide."""

    character: str
    x: float
    y: float
    angle: float
    height: float
    width: float


def ring(name: str, diameter: int) -> list[Sign]:
    """Place the name left to right around the upper arc, tops outward (自左而右环行).

    Long names get a wider arc first, then narrower and lower characters; up to 24 stay apart.
    """
    count = len(name)
    inner = diameter / 2 - _RING - _GAP
    step = min(30.0 if count <= 6 else 24.0, _WIDEST_ARC / max(count - 1, 1))
    height = max(40.0, min(54.0, 54.0 - 1.1 * (count - 12)))
    radius = inner - height / 2
    width = min(height * 0.86, math.radians(step) * (radius - height / 2) * 0.98)
    first = -step * (count - 1) / 2
    return [
        Sign(
            character,
            diameter / 2 + radius * math.sin(math.radians(first + step * position)),
            diameter / 2 - radius * math.cos(math.radians(first + step * position)),
            first + step * position,
            height,
            width,
        )
        for position, character in enumerate(name)
    ]


def seal_svg(name: str, *, diameter: int = DEPARTMENT_DIAMETER, star: bool = True, font_family: str) -> str:
    """The seal as one <svg>; width and height are real size in mm, the faces are named inside it."""
    name = "".join(name.split())
    middle = diameter / 2
    side = f"{diameter / 10:g}mm"
    frame = f'width="{side}" height="{side}" viewBox="0 0 {diameter} {diameter}"'
    circle = f'cx="{middle:g}" cy="{middle:g}" r="{middle - _RING / 2:g}"'
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" class="seal" {frame} fill="{RED}">',
        f'<circle {circle} fill="none" stroke="{RED}" stroke-width="{_RING}"/>',
    ]
    if star:
        parts.append(f'<polygon points="{_star(middle)}"/>')
    parts += [_drawn(sign, font_family) for sign in ring(name, diameter)]
    parts.append("</svg>")
    return "".join(parts)


def _drawn(sign: Sign, font_family: str) -> str:
    # A CJK character fills its em box; the box's middle lies 0.38 em above the baseline.
    return (
        f'<g transform="translate({sign.x:.2f} {sign.y:.2f}) rotate({sign.angle:.3f}) '
        f'scale({sign.width / sign.height:.4f} 1)"><text x="0" y="{sign.height * 0.38:.2f}" text-anchor="middle" '
        f'font-size="{sign.height:.2f}" font-weight="bold" font-family="{escape(font_family)}">'
        f"{escape(sign.character)}</text></g>"
    )


def _star(middle: float) -> str:
    points = []
    for corner in range(10):
        radius = _STAR if corner % 2 == 0 else _STAR * math.sin(math.pi / 10) / math.sin(math.pi * 7 / 10)
        angle = math.pi * corner / 5
        points.append(f"{middle + radius * math.sin(angle):.2f},{middle - radius * math.cos(angle):.2f}")
    return " ".join(points)
