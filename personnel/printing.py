"""The card an officer carries: 85.6 mm × 54 mm, front and back, with photograph and QR, as a PDF."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from personnel.gallery import photo_data_uri
from personnel.models import Certificate, Provenance
from personnel.qualification import standing
from portal.documents.fonts import STACKS, css_family
from portal.documents.rendering import to_pdf

SMALL_FROM = 26  # signs of the fields, from which the letters are smaller
SMALLEST_FROM = 50
MOST_SIGNS = 72


def check_url(certificate: Certificate) -> str:
    """The public page of the certificate; empty for one that has none."""
    provenance = getattr(certificate, "provenance", None)
    if provenance is None or provenance.source != Provenance.Source.REGION:
        return ""
    return f"{settings.PUBLIC_URL}/check/{provenance.code}/"


def grouped(code: str) -> str:
    """A code in groups of four."""
    return "-".join(code[at : at + 4] for at in range(0, len(code), 4))


def card_problem(certificate: Certificate, on: dt.date) -> str:
    """Why no card is printed, as a sentence; empty when one can be."""
    shape, words = standing(certificate, on)
    if not check_url(certificate):
        return _("国务院部门核发的证件由发证机关制作，本地不打印证卡。")
    if shape not in {"green", "amber"}:
        return _("证件今天的状态是“%(words)s”，不能打印证卡。") % {"words": words}
    if not photo_data_uri(certificate.officer):
        return _("持证人还没有照片。请本部门平台管理员先上传二寸免冠照。")
    return ""


def fields_in_words(fields: list[str]) -> str:
    """All fields, or as many as the card has room for and how many there are; the check page names every one."""
    if len("、".join(fields)) <= MOST_SIGNS:
        return "、".join(fields)
    shown = fields
    while len("、".join(shown)) > MOST_SIGNS - 12:
        shown = shown[:-1]
    return "、".join(shown) + f"等{len(fields)}个领域（扫码看全部）"


def card_html(certificate: Certificate) -> str:
    """Both sides of the card; always in Chinese."""
    fields = fields_in_words(certificate.fields)
    size = "smallest" if len(fields) >= SMALLEST_FROM else "small" if len(fields) >= SMALL_FROM else ""
    context = {
        "certificate": certificate,
        "officer": certificate.officer,
        "fields": fields,
        "fields_size": size,
        "photo": photo_data_uri(certificate.officer),
        "check_url": check_url(certificate),
        "code": grouped(certificate.provenance.code),
        "hei": mark_safe(css_family(STACKS["hei"])),  # noqa: S308 - names of faces, nobody types them
        "song": mark_safe(css_family(STACKS["song"])),  # noqa: S308 - names of faces, nobody types them
    }
    with translation.override("zh-hans"):
        return render_to_string("personnel/papers/card.html", context)


def card_pdf(certificate: Certificate) -> bytes:
    """The card as a PDF of two pages."""
    return to_pdf(card_html(certificate), pictures=True).pdf
