"""Tables of the paper mill."""

from portal.documents.models.documents import Document, DocumentFile, DocumentQuerySet
from portal.documents.models.numbers import Number, Series

__all__ = ["Document", "DocumentFile", "DocumentQuerySet", "Number", "Series"]
