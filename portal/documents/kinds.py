"""Kinds of documents: a class per kind, registered once by the room that owns it."""

from __future__ import annotations

from typing import Any, ClassVar

from portal.accounts.models import Department


class DocumentKind:
    """What makes one kind of document; subclasses set the class attributes and write `context`.

    `series`: the code in the number (罚告); empty for a document without number. `template`: extends
    documents/base_gbt9704.html (a letter) or documents/base_form.html (a form). `signers`: the roles
    that sign it on paper, shown on the document's page. `about`: what one document of the kind is
    about besides its matter («party», «decision»), or empty. `sealed`: bears the department's seal
    and can be verified by the public; internal forms are not sealed. `audience`: «internal» keeps it to
    the matter's own department and those who see everything; a department the matter was granted to
    does not see it. `issuers`: the kinds of department that issue it (Department.Kind); empty: all.
    """

    key: ClassVar[str]
    label: ClassVar[Any]
    template: ClassVar[str]
    series: ClassVar[str] = ""
    signers: ClassVar[tuple[str, ...]] = ()
    about: ClassVar[str] = ""
    sealed: ClassVar[bool] = True
    audience: ClassVar[str] = ""
    issuers: ClassVar[frozenset[str]] = frozenset()

    def context(self, matter: Any, subject: Any, extra: dict[str, Any]) -> Any:
        """What the template is told as `content`: a frozen dataclass, or a dict of plain values."""
        raise NotImplementedError

    def title(self, matter: Any, subject: Any, extra: dict[str, Any]) -> str:
        """The title as printed; a line break in it is kept."""
        return str(self.label)

    def issuer(self, matter: Any, subject: Any, extra: dict[str, Any]) -> Department:
        """In whose name it is issued, numbered and sealed: the delegator for an entrusted body (处罚法20条)."""
        department: Department = matter.department
        if department.kind == Department.Kind.ENTRUSTED and department.parent is not None:
            return department.parent
        return department

    def prefix(self, issuer: Department) -> str:
        """机关代字 before the code of the series."""
        return issuer.document_prefix


_kinds: dict[str, DocumentKind] = {}


def register_kind(kind: type[DocumentKind]) -> type[DocumentKind]:
    """Make a kind known; usable as a decorator. Raises ValueError when another class has the key."""
    known = _kinds.get(kind.key)
    if known is not None and type(known) is not kind:
        raise ValueError(f"document kind {kind.key} is registered twice")
    _kinds[kind.key] = kind()
    return kind


def kind_of(key: str | type[DocumentKind]) -> DocumentKind:
    """The kind with this key (or of this class). Raises LookupError when no room has registered it."""
    wanted = key if isinstance(key, str) else key.key
    try:
        return _kinds[wanted]
    except KeyError:
        raise LookupError(f"no room has registered the document kind {wanted}") from None


def known_kind(key: str) -> DocumentKind | None:
    """The kind with this key, or None: a document outlives the class that made it."""
    return _kinds.get(key)


def internal_kinds() -> list[str]:
    """Keys of the kinds that a guest of a matter does not see."""
    return [key for key, kind in _kinds.items() if kind.audience == "internal"]


def all_kinds() -> list[DocumentKind]:
    """Every registered kind, by key."""
    return [_kinds[key] for key in sorted(_kinds)]
