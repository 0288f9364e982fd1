"""Invented people and companies, plainly invented, with numbers that pass their checks and belong to nobody.

Identity numbers begin with 650299 and credit codes hold MA99 or MB99: no such county, no such series.
"""

from __future__ import annotations

import datetime as dt
import itertools
import random
from dataclasses import dataclass

from demo.sources import words
from portal.accounts.credit_code import check_character
from portal.accounts.identity import CHECKS, WEIGHTS

SURNAMES = "陈王李张刘杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
GIVEN = ("示例", "样例", "范例", "样本", "示范", "拟名", "举例")
FIRST = ("艾力", "古丽", "热娜", "阿曼", "巴特", "叶尔兰")


@dataclass(frozen=True)
class Figure:
    """A party as the officer writes it down; kind is company, business or natural."""

    kind: str
    name: str
    representative: str
    address: str
    credit_code: str = ""
    identity: str = ""
    phone: str = ""


class Inventor:
    """Invents one after another, nobody twice."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        names = [f"{surname}{given}" for given in GIVEN for surname in SURNAMES]
        rng.shuffle(names)
        self._people = iter(names)
        self._guests = itertools.cycle(f"{first}·{given}" for given in GIVEN[:4] for first in FIRST)
        firms = [f"{stem}{other}" for stem in words()["stems"] for other in ("", "一", "二", "三")]
        rng.shuffle(firms)
        self._firms = itertools.cycle(firms)
        self._numbers = itertools.count(1)

    def person(self) -> str:
        """A name that nobody else in the demo bears."""
        return next(self._people)

    def number(self) -> int:
        """The next number of the demo's own."""
        return next(self._numbers)

    def figure(self, kind: str, department: str) -> Figure:
        """A party of a kind, of a trade that the department looks after."""
        if kind == "natural":
            return self._natural()
        stem, number = next(self._firms), self.number()
        if kind == "company":
            name = f"白碱滩区示例{stem}{self.rng.choice(words()['trades'].get(department, ['商贸']))}有限公司（虚构）"
        else:
            name = f"白碱滩区示例{stem}{self.rng.choice(words()['shops'].get(department, ['便利店']))}（虚构）"
        return Figure(
            kind=kind,
            name=name,
            representative=self.person(),
            address=f"克拉玛依市白碱滩区示例路{number % 180 + 1}号",
            credit_code=credit_code("91" if kind == "company" else "92", number),
            identity=identity(self._birthday(), number) if kind == "business" else "",
            phone=phone(number),
        )

    def _natural(self) -> Figure:
        number = self.number()
        name = next(self._guests) if self.rng.random() < 0.12 else self.person()
        address = f"克拉玛依市白碱滩区示例小区{number % 30 + 1}栋{number % 4 + 1}单元{number % 6 + 1}02室"
        return Figure("natural", name, "", address, "", identity(self._birthday(), number), phone(number))

    def _birthday(self) -> dt.date:
        return dt.date(1958, 1, 1) + dt.timedelta(days=self.rng.randrange(15_800))

    def plate(self) -> str:
        """A number plate."""
        return f"新J{self.number() % 100_000:05d}"


def credit_code(kind: str, number: int) -> str:
    """A credit code of an invented series, with its right check character."""
    series = "MB99" if kind == "11" else "MA99"
    start = f"{kind}650204{series}{number:05d}"
    return start + check_character(start)


def identity(born: dt.date, number: int) -> str:
    """An identity number of a county that does not exist, with its right check digit."""
    start = f"650299{born:%Y%m%d}{number % 1000:03d}"
    return start + CHECKS[sum(int(digit) * weight for digit, weight in zip(start, WEIGHTS, strict=True)) % 11]


def phone(number: int) -> str:
    """A mobile number of a row of noughts."""
    return f"1380000{number % 10_000:04d}"


def bank_card(number: int) -> str:
    """A bank card number that passes its check (ISO/IEC 7812-1)."""
    start = f"622200000000{number % 1_000_000:06d}"
    digits = [int(digit) * (2 if place % 2 == 0 else 1) for place, digit in enumerate(reversed(start))]
    total = sum(digit - 9 if digit > 9 else digit for digit in digits)
    return start + str(-total % 10)
