"""Freezing: the canonical text of everything a template is told, and the hash of the templates themselves."""

from __future__ import annotations

import dataclasses
import hashlib
import re
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.template.loader import get_template

from portal.accounts.models import Department
from portal.documents import fonts, seal
from portal.documents.kinds import DocumentKind
from portal.documents.spelling import chinese_date, title_lines
from portal.ledger.canonical import canonical_text, plain

_REFERENCE = re.compile(r"""{%-?\s*(?:extends|include)\s+["']([^"']+)["']""")
_PLAIN_CENTRE = {Department.Kind.GOVERNMENT, Department.Kind.PROCURATORATE, Department.Kind.COURT}


def content_of(kind: DocumentKind, matter: Any, subject: Any, extra: dict[str, Any]) -> dict[str, Any]:
    """What the kind tells its template, as plain values. Raises TypeError for what has no plain spelling."""
    told = kind.context(matter, subject, extra)
    content = plain(dataclasses.asdict(told) if dataclasses.is_dataclass(told) and not isinstance(told, type) else told)
    if not isinstance(content, dict):
        raise TypeError(f"{kind.key} must tell its template a dataclass or a dict")
    return content


def paper_of(kind: DocumentKind, issuer: Department, title: str, on: Any) -> dict[str, Any]:
    """What the mill tells every template, before number and code are known: a draft's head."""
    government = issuer.kind == Department.Kind.GOVERNMENT
    return {
        "kind": kind.key,
        "label": str(kind.label),
        "title": title.replace("\n", ""),
        "title_lines": title_lines(title),
        "issuer": issuer.name,
        "date": chinese_date(on),
        "issued_at": on.isoformat(),
        "numbered": bool(kind.series),
        "number": "",
        "code": "",
        "verify_at": f"{settings.PUBLIC_URL}/verify/",
        "verify_url": "",
        "sealed": kind.sealed,
        "internal": kind.audience == "internal",
        "seal": {
            "diameter": seal.GOVERNMENT_DIAMETER if government else seal.DEPARTMENT_DIAMETER,
            "star": issuer.kind not in _PLAIN_CENTRE,
        },
        "red": seal.RED,
        "fonts": {name: list(stack) for name, stack in fonts.STACKS.items()},
        "draft": True,
    }


def issued(paper: dict[str, Any], *, number: str, code: str, issued_at: str) -> dict[str, Any]:
    """The head of the document itself: no longer a draft."""
    return {
        **paper,
        "number": number,
        "code": code,
        "issued_at": issued_at,
        "verify_url": f"{paper['verify_at']}?code={code}",
        "draft": False,
    }


def unissued(paper: dict[str, Any]) -> dict[str, Any]:
    """The head of a document as a draft again: the number and the code it had for a moment are nobody's."""
    return {**paper, "number": "", "code": "", "verify_url": "", "draft": True}


def freeze(paper: dict[str, Any], content: dict[str, Any]) -> tuple[str, str]:
    """The canonical text that is kept, and its SHA-256."""
    text = canonical_text({"paper": paper, "content": content})
    return text, hashlib.sha256(text.encode()).hexdigest()


@lru_cache(maxsize=256)
def template_hash(name: str) -> str:
    """SHA-256 over a template and all it extends or includes, by name and source, in a fixed order."""
    sources: dict[str, str] = {}
    _gather(name, sources)
    digest = hashlib.sha256()
    for found in sorted(sources):
        digest.update(f"{found}\0{sources[found]}\0".encode())
    return digest.hexdigest()


def _gather(name: str, sources: dict[str, str]) -> None:
    if name in sources:
        return
    template: Any = get_template(name).template  # type: ignore[attr-defined]  # Django's own engine
    sources[name] = template.source
    for reference in _REFERENCE.findall(template.source):
        _gather(reference, sources)
