"""Names of authorities: spellings of one name, and cells where a shifted table put them in the wrong place."""

from __future__ import annotations

import re

from portal.tabular.cleaning import letters, packed

REGULATOR = re.compile(r"^(?:国家金融监[督管]管理总局)?(.+?)(?:金融)?监管(分局|支局|局)$")
DATE = re.compile(r"(?:(?:19|20)\d{2})年\d{1,2}月\d{1,2}日?")


def plain_authority(name: str) -> str:
    """For comparison only: 国家金融监督管理总局甲监管分局 and 甲金融监管分局 are one."""
    plain = packed(name)
    if match := REGULATOR.match(plain):
        return f"{match[1]}监管{match[2]}"
    return letters(plain)


def is_the_authority(party: str, authority: str, title: str) -> bool:
    """Whether the cell of the party holds the authority's own name.

    A listing laid out otherwise shifts its columns: then the title of the listing begins with that name.
    """
    if not party:
        return False
    if authority and plain_authority(party) == plain_authority(authority):
        return True
    return not authority and REGULATOR.match(packed(party)) is not None and packed(title).startswith(packed(party))


def is_only_a_date(content: str) -> bool:
    """«2025年12月30日» or «甲分局 2024年12月5日»: a signature line, not what was imposed."""
    plain = packed(content)
    rest = DATE.sub("", plain)
    return rest != plain and (not rest or (len(rest) < 30 and REGULATOR.match(rest) is not None))
