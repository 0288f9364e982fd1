"""After the commit: rows written in the transaction, carried out by the worker."""

from portal.outbox.registry import handles
from portal.outbox.service import drain, put

__all__ = ["drain", "handles", "put"]
