"""What would become of every row: within the file first, then against the register, in a few statements."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from personnel.imports.layout import Field
from personnel.imports.reasons import Outcome, Problem, Reason
from personnel.imports.rows import CertificateRow, OfficerRow, Refused
from personnel.models import Certificate, Officer
from portal.accounts.encryption import keyed_hash
from portal.accounts.models import Department


@dataclass
class Checked:
    """Every row sorted: to be created, to be given a certificate, there already, refused with its reasons."""

    rows: int = 0
    created: list[OfficerRow] = field(default_factory=list)
    certified: list[tuple[OfficerRow, Officer]] = field(default_factory=list)
    present: int = 0
    rejected: int = 0
    problems: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def certificates(self) -> int:
        """How many certificates are registered with it."""
        return len(self.certified) + sum(1 for row in self.created if row.certificate is not None)

    @property
    def taken(self) -> int:
        """Rows that write something."""
        return len(self.created) + len(self.certified)

    def counts(self) -> dict[str, int]:
        """By outcome; they add up to the rows."""
        return {
            Outcome.CREATED.value: len(self.created),
            Outcome.CERTIFIED.value: len(self.certified),
            Outcome.PRESENT.value: self.present,
            Outcome.REJECTED.value: self.rejected,
        }

    def as_json(self) -> dict[str, Any]:
        """What `import_officers --json` prints."""
        return {
            "rows": self.rows,
            **self.counts(),
            "certificates": self.certificates,
            "rejected_by_reason": dict(Counter(problem.code for problem in self.problems)),
            "problems": [problem.as_json() for problem in self.problems],
            "notes": self.notes,
        }

    def refuse(self, *problems: Problem) -> None:
        """One row is not taken."""
        self.rejected += 1
        self.problems += problems


def check(rows: Iterable[OfficerRow | Refused], department: Department) -> Checked:
    """Sort the rows; writes nothing."""
    checked = Checked()
    sound: list[OfficerRow] = []
    for row in rows:
        checked.rows += 1
        if isinstance(row, Refused):
            checked.refuse(*row.problems)
        else:
            sound.append(row)
    register = _Register(_first_of_each(sound, checked), department)
    for row, digest in register.rows:
        _place(row, digest, register, checked)
    checked.problems.sort(key=lambda problem: (problem.sheet, problem.line))
    return checked


def _first_of_each(rows: list[OfficerRow], checked: Checked) -> list[OfficerRow]:
    """The rows whose person and certificate were not in an earlier row; the others are refused."""
    people: dict[str, OfficerRow] = {}
    numbers: dict[str, OfficerRow] = {}
    kept: list[OfficerRow] = []
    for row in rows:
        number = row.certificate.number if row.certificate else ""
        if (earlier := people.get(row.identity)) is not None:
            checked.refuse(_repeated(row, Field.IDENTITY, row.identity, earlier))
        elif number and (earlier := numbers.get(number)) is not None:
            checked.refuse(_repeated(row, Field.NUMBER, number, earlier))
        else:
            people[row.identity] = row
            if number:
                numbers[number] = row
            kept.append(row)
    return kept


def _repeated(row: OfficerRow, name: Field, value: str, earlier: OfficerRow) -> Problem:
    sentence = _("与第 %(line)d 行重复。请只留一行。") % {"line": earlier.line}
    return row.problem(name, value, Reason.IN_FILE, sentence)


class _Register:
    """What the register holds of the people and the numbers in the file."""

    def __init__(self, rows: list[OfficerRow], department: Department) -> None:
        self.department = department
        self.rows = [(row, keyed_hash(row.identity)) for row in rows]
        hashes = [digest for _row, digest in self.rows]
        numbers = [row.certificate.number for row in rows if row.certificate]
        self.people: dict[str, Officer] = {}
        for officer in Officer.objects.filter(identity_hash__in=hashes).order_by("active", "pk"):
            self.people[officer.identity_hash] = officer  # whoever is on duty comes last and stays
        self.certificates = {one.number: one for one in Certificate.objects.filter(number__in=numbers)}


def _place(row: OfficerRow, digest: str, register: _Register, checked: Checked) -> None:
    """Where one sound row belongs."""
    officer = register.people.get(digest)
    if officer is not None and (problem := _person_problem(row, officer, register.department)):
        checked.refuse(problem)
        return
    held = register.certificates.get(row.certificate.number) if row.certificate else None
    if row.certificate is not None and held is not None:
        if officer is None or held.officer_id != officer.pk:
            sentence = _("证号 %(number)s 已经登记在别人名下。请对照证件核对。") % {"number": held.number}
            checked.refuse(row.problem(Field.NUMBER, held.number, Reason.NUMBER_TAKEN, sentence))
        elif problem := _difference(row, row.certificate, held):
            checked.refuse(problem)
        else:
            checked.present += 1
    elif officer is None:
        checked.created.append(row)
    elif row.certificate is not None:
        checked.certified.append((row, officer))
    else:
        checked.present += 1


def _person_problem(row: OfficerRow, officer: Officer, department: Department) -> Problem | None:
    """Why a person who is registered cannot be taken from this row."""
    if officer.active and officer.department_id != department.pk:
        sentence = _("在其他部门登记为在岗执法人员。请先由原部门登记离岗。")
        return row.problem(Field.IDENTITY, row.identity, Reason.ON_DUTY_ELSEWHERE, sentence)
    if not officer.active:
        sentence = _("登记过并已离岗。调入、返岗涉及原来的证件，请在人员登记里逐个办理。")
        return row.problem(Field.IDENTITY, row.identity, Reason.LEFT, sentence)
    if officer.name != row.name:
        sentence = _("这个公民身份号码登记的姓名是“%(name)s”。请核对；姓名要更正的，在人员页更正。") % {
            "name": officer.name
        }
        return row.problem(Field.NAME, row.name, Reason.NAME_DIFFERS, sentence)
    return None


def _difference(row: OfficerRow, written: CertificateRow, held: Certificate) -> Problem | None:
    """The first thing in which the row and the registered certificate differ."""
    pairs: tuple[tuple[Field, str, str], ...] = (
        (Field.ISSUER, written.issuer, held.issuer),
        (Field.FIELDS, "、".join(sorted(written.fields)), "、".join(sorted(held.fields))),
        (Field.AREA, written.area, held.area),
        (Field.VALID_FROM, written.valid_from.isoformat(), held.valid_from.isoformat()),
        (Field.VALID_TO, written.valid_to.isoformat(), held.valid_to.isoformat()),
    )
    for name, new, old in pairs:
        if new != old:
            sentence = _("证号 %(number)s 已经登记，登记的是“%(old)s”。导入不改已登记的证件。") % {
                "number": held.number,
                "old": old,
            }
            return row.problem(name, new, Reason.CERTIFICATE_DIFFERS, sentence)
    return None
