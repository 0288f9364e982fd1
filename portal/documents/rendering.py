"""From frozen context to PDF: template, then WeasyPrint, without dates or chance of its own.

WeasyPrint is loaded when the first PDF is made: it takes seconds that a web process or a command that
prints nothing need not spend.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import mark_safe

from portal.documents.fonts import css_family, heading_weight

if TYPE_CHECKING:
    from weasyprint.text.fonts import FontConfiguration

ENGINE = f"weasyprint {version('weasyprint')}"
_font_configuration: list[FontConfiguration] = []


@dataclass(frozen=True)
class Rendered:
    """A finished PDF, its number of pages and the faces that were embedded."""

    pdf: bytes
    pages: int
    faces: list[str]


def to_html(template: str, paper: dict[str, Any], content: dict[str, Any]) -> str:
    """Fill the paper's template; always in Chinese, whatever language the reader of the desk has chosen."""
    stacks: dict[str, list[str]] = paper["fonts"]
    context = {
        "paper": paper,
        "content": content,
        # Names of faces come from fonts.STACKS, frozen when the paper was issued; nobody types them.
        "fonts": {name: mark_safe(css_family(stack)) for name, stack in stacks.items()},  # noqa: S308
        "weights": {name: heading_weight(name, stack) for name, stack in stacks.items()},
    }
    with translation.override("zh-hans"):
        return render_to_string(template, context)


def to_pdf(html: str, *, pictures: bool = False) -> Rendered:
    """Lay out and write the PDF, tagged for screen readers. The same HTML and faces give the same bytes.

    Nothing is fetched; with `pictures` an <img> may carry its own content (data:).
    """
    import weasyprint
    from weasyprint.urls import URLFetcher

    document = weasyprint.HTML(
        string=html, url_fetcher=URLFetcher(allowed_protocols=("data",) if pictures else ())
    ).render(font_config=_shared_font_configuration(), pdf_tags=True)
    pdf: bytes = document.write_pdf(pdf_identifier=None, pdf_tags=True)
    return Rendered(pdf, len(document.pages), sorted({font.name.decode() for font in document.fonts.values()}))


def _shared_font_configuration() -> FontConfiguration:
    """One per process: making it anew costs about as much as laying out a page."""
    from weasyprint.text.fonts import FontConfiguration

    if not _font_configuration:
        _font_configuration.append(FontConfiguration())
    return _font_configuration[0]
