"""Building blocks of a paper's context: what several kinds of documents say in the same way."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Signer:
    """Who signs: the name, and the number of the enforcement or supervision certificate if one belongs there."""

    name: str
    certificate: str = ""


@dataclass(frozen=True)
class Opinion:
    """One box of an approval form: what was written, by whom, when (成文 date, or empty to be signed by hand)."""

    text: str = ""
    signers: tuple[Signer, ...] = ()
    date: str = ""


@dataclass(frozen=True)
class Contact:
    """Where the department can be reached."""

    address: str
    person: str = ""
    phone: str = ""
    postcode: str = ""


@dataclass(frozen=True)
class Choice:
    """One box to tick on a form."""

    label: str
    ticked: bool = False
