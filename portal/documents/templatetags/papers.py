"""What paper templates write with: paragraphs, head, signature, seal, QR code, forms."""

from __future__ import annotations

from typing import Any

import segno
from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from portal.documents import codes
from portal.documents.fonts import svg_family
from portal.documents.seal import seal_svg
from portal.documents.spelling import title_lines

register = template.Library()
CHARACTER = 15.79  # points a 三号 character takes when 28 of them fill the 156 mm line
LINE = 28
DATE_CHARACTERS = 8  # 2026年11月24日 at its widest
RIGHT_CHARACTERS = 4  # 成文日期右空四字


@register.filter
def spaced_code(code: str) -> str:
    """A verification code in groups of four."""
    return codes.spaced(code)


@register.filter
def paragraphs(text: str) -> SafeString:
    """Each line of the text as a paragraph, indented by two characters."""
    lines = (line.strip("　 \t") for line in str(text).splitlines())
    return format_html_join("\n", "<p>{}</p>", ((line,) for line in lines if line))


@register.filter
def chinese_ordinal(value: int) -> str:
    """1 → 一, 12 → 十二; up to 99."""
    tens, ones = divmod(int(value), 10)
    digits = " 一二三四五六七八九"
    head = "" if tens == 0 else ("十" if tens == 1 else f"{digits[tens]}十")
    return head + (digits[ones] if ones else "")


@register.filter
def organ_size(name: str) -> str:
    """Size in points of a red 发文机关标志, so that the name fills at most one line."""
    return f"{min(40.0, CHARACTER * LINE * 0.96 / max(len(name), 1)):.1f}"


@register.simple_tag
def label(text: str) -> SafeString:
    """A form's label in lines of nearly equal length, at most five characters each; a remark in （） below, smaller."""
    name, bracket, remark = text.partition("（")
    lines = format_html_join(mark_safe("<br>"), "{}", ((line,) for line in title_lines(name, 5)))
    return format_html("{}<small>{}</small>", lines, bracket + remark) if bracket else lines


@register.simple_tag
def signature_box(paper: dict[str, Any]) -> dict[str, str]:
    """Width and right margin in points: the date four characters from the edge, the name centred on it.

    A name too long for that moves the block to the right, and at the last the date with it.
    """
    name = len(paper["issuer"])
    width = max(name, DATE_CHARACTERS) * 16 + 4
    right = max(0.5, RIGHT_CHARACTERS - max(0, name - DATE_CHARACTERS) / 2) * 16
    return {"width": f"{min(width, LINE * CHARACTER):.1f}", "right": f"{right:.1f}"}


@register.simple_tag
def seal(paper: dict[str, Any]) -> SafeString:
    """The issuing department's seal, drawn around its own middle."""
    diameter = paper["seal"]["diameter"]
    drawing = seal_svg(
        paper["issuer"],
        diameter=diameter,
        star=paper["seal"]["star"],
        font_family=svg_family(paper["fonts"]["song"]),
    )
    return format_html(
        '<div style="position: absolute; left: -{half}mm; top: 0">{svg}</div>',
        half=f"{diameter / 20:g}",
        svg=mark_safe(drawing),  # noqa: S308 - built by seal_svg, which escapes the name
    )


@register.simple_tag
def qr(address: str) -> SafeString:
    """A QR code of an address as an <svg> without background."""
    drawing = segno.make(address, error="m", micro=False).svg_inline(border=0, omitsize=True)
    return mark_safe(drawing)  # noqa: S308 - modules of the code only, no text of anybody


@register.simple_tag
def tick(ticked: bool) -> SafeString:
    """A drawn box, ticked or empty: not every face has ☑."""
    mark = '<path d="M2 5.2 4.3 7.6 8.2 2.6" fill="none" stroke="#000" stroke-width="1.3"/>' if ticked else ""
    return mark_safe(  # noqa: S308 - a fixed drawing
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><rect x="0.6" y="0.6" width="8.8" height="8.8" '
        f'fill="none" stroke="#000" stroke-width="0.8"/>{mark}</svg>'
    )
