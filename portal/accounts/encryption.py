"""Personal numbers at rest: encrypted with rotating keys, searchable by a keyed hash of the exact value."""

from __future__ import annotations

import hashlib
import hmac
import json
from functools import lru_cache
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import models

from portal.accounts.identity import masked as mask_identity

__all__ = ["EncryptedBinaryField", "EncryptedJSONField", "EncryptedTextField", "keyed_hash", "mask_identity"]


@lru_cache(maxsize=4)
def _fernet(keys: tuple[str, ...]) -> MultiFernet:
    if not keys:
        raise ImproperlyConfigured("PORTAL_ENCRYPTION_KEYS must hold at least one key")
    return MultiFernet([Fernet(key) for key in keys])


def _cipher() -> MultiFernet:
    return _fernet(tuple(settings.ENCRYPTION_KEYS))


def keyed_hash(value: str) -> str:
    """HMAC-SHA-256 of the normalised value (no blanks, upper case); empty for an empty value."""
    cleaned = "".join(value.split()).upper()
    return hmac.new(settings.HASH_KEY.encode(), cleaned.encode(), hashlib.sha256).hexdigest() if cleaned else ""


class EncryptedTextField(models.TextField):  # type: ignore[type-arg]  # not subscriptable at run time
    """Text that the database holds only encrypted; read and written as plain text in Python."""

    def get_prep_value(self, value: Any) -> Any:
        """Encrypt on the way in; empty stays empty."""
        text = super().get_prep_value(value)
        return _cipher().encrypt(text.encode()).decode() if text else text

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> Any:
        """Decrypt on the way out; raises InvalidToken when no key fits."""
        del expression, connection
        if not value:
            return value
        try:
            return _cipher().decrypt(value.encode()).decode()
        except InvalidToken as error:
            raise InvalidToken("no key in PORTAL_ENCRYPTION_KEYS fits this value") from error

    def get_lookup(self, lookup_name: str) -> Any:
        """Only emptiness can be asked of an encrypted column; search by keyed hash instead."""
        if lookup_name != "isnull":
            raise TypeError("an encrypted column cannot be searched; use the keyed hash beside it")
        return super().get_lookup(lookup_name)


class EncryptedJSONField(EncryptedTextField):
    """A JSON value that the database holds only encrypted: what people typed, numbers and all."""

    def get_prep_value(self, value: Any) -> Any:
        """Write as JSON, encrypted."""
        return super().get_prep_value(json.dumps(value, ensure_ascii=False))

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> Any:
        """Read back as it was."""
        text = super().from_db_value(value, expression, connection)
        return json.loads(text) if text else None

    def to_python(self, value: Any) -> Any:
        """A value is itself."""
        return value

    def value_to_string(self, obj: Any) -> str:
        """For serialisers."""
        return json.dumps(self.value_from_object(obj), ensure_ascii=False)


class EncryptedBinaryField(models.BinaryField):  # type: ignore[type-arg]  # not subscriptable at run time
    """Bytes that the database holds only encrypted: pictures of people, lists of them."""

    def get_prep_value(self, value: Any) -> Any:
        """Encrypt on the way in; empty stays empty."""
        plain = super().get_prep_value(value)
        return _cipher().encrypt(bytes(plain)) if plain else plain

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        """Decrypt on the way out; raises InvalidToken when no key fits."""
        del expression, connection
        return _cipher().decrypt(bytes(value)) if value else value

    def get_lookup(self, lookup_name: str) -> Any:
        """Only emptiness can be asked of an encrypted column."""
        if lookup_name != "isnull":
            raise TypeError("an encrypted column cannot be searched")
        return super().get_lookup(lookup_name)
