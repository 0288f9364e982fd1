"""Giving out numbers: gapless under concurrency, because the series' row is locked until the commit."""

from __future__ import annotations

from typing import Any

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.accounts.models import Department, User
from portal.documents.models import Number, Series
from portal.workflow.errors import DoorError

LARGEST_BLOCK = 200


class NumberingError(DoorError):
    """A number cannot be given, reserved or voided; the message is a sentence for the user."""


def current_year() -> int:
    """The year numbers are given in: that of today in Asia/Shanghai."""
    return timezone.localdate().year


def take_number(department: Department, code: str, *, prefix: str, year: int, actor: User | None) -> Number:
    """Take the next number of a series; must be the last thing before the event, for it holds the series' lock.

    Rolled back with everything else, so a failed attempt leaves no gap.
    """
    series = _locked(department, code, prefix, year)
    return _give(series, 1, state=Number.State.USED, actor=actor)[0]


def start_series_at(
    department: Department,
    code: str,
    first_value: int,
    *,
    actor: User,
    reason: str,
    prefix: str | None = None,
    year: int | None = None,
) -> Series:
    """Begin a series above 1 because its first numbers were given on paper.

    Raises NumberingError once a number has been given here.
    """
    if first_value < 1:
        raise NumberingError(_("起始号应为1以上的整数。"))
    if not reason.strip():
        raise NumberingError(_("请写明为什么从这个号开始，例如：本年度前37号已在纸质登记簿上编号。"))
    with transaction.atomic():
        series = _locked(department, code, department.document_prefix if prefix is None else prefix, year)
        if series.numbers.exists():
            raise NumberingError(
                _("%(series)s已经从%(first)d号起编号，不能再改起始号。")
                % {"series": series, "first": series.first_value}
            )
        series.first_value = series.next_value = first_value
        series.begun_by = actor
        series.begun_reason = reason.strip()
        series.save(update_fields=["first_value", "next_value", "begun_by", "begun_reason"])
    return series


def reserve_block(
    department: Department,
    code: str,
    count: int,
    *,
    actor: User,
    purpose: str,
    prefix: str | None = None,
    year: int | None = None,
) -> list[Number]:
    """Reserve consecutive numbers for papers filled in by hand where there is no network.

    Each is later used by `issue(…, reserved=number)` or voided; none can be given out a second time.
    """
    if not 1 <= count <= LARGEST_BLOCK:
        raise NumberingError(_("一次可以预留1至%(most)d个号。") % {"most": LARGEST_BLOCK})
    if not purpose.strip():
        raise NumberingError(_("请写明预留的用途，例如：9月3日乡镇巡查现场处罚。"))
    with transaction.atomic():
        series = _locked(department, code, department.document_prefix if prefix is None else prefix, year)
        return _give(series, count, state=Number.State.RESERVED, actor=actor, purpose=purpose.strip())


def use_reserved(number: Number, department: Department, code: str, *, prefix: str, year: int) -> Number:
    """Turn a reserved number into a used one; raises NumberingError when it is not one of this series."""
    locked = Number.objects.select_for_update(of=("self",)).select_related("series").get(pk=number.pk)
    series = locked.series
    if (series.department_id, series.code, series.prefix, series.year) != (department.pk, code, prefix, year):
        raise NumberingError(_("%(number)s不属于这种文书在%(year)d年的文号。") % {"number": locked.text, "year": year})
    if locked.state != Number.State.RESERVED:
        raise NumberingError(
            _("%(number)s不是预留号：%(state)s。") % {"number": locked.text, "state": locked.get_state_display()}
        )
    locked.state = Number.State.USED
    locked.save(update_fields=["state"])
    return locked


def void_number(number: Number, *, actor: User, reason: str) -> Number:
    """Void a reserved number; one that a document bears is voided with its document (issuing.void_document).

    The number stays in its place, marked; it is never given again.
    """
    if not reason.strip():
        raise NumberingError(_("请写明作废的理由。"))
    with transaction.atomic():
        locked = Number.objects.select_for_update().get(pk=number.pk)
        if locked.state == Number.State.VOID:
            raise NumberingError(_("%(number)s已经作废。") % {"number": locked.text})
        if locked.state == Number.State.USED:
            raise NumberingError(_("%(number)s已用于文书，应当作废该文书。") % {"number": locked.text})
        mark_void(locked, actor=actor, reason=reason)
    return locked


def mark_void(number: Number, *, actor: User | None, reason: str) -> None:
    """Mark a locked number as void."""
    number.state = Number.State.VOID
    number.voided_at = timezone.now()
    number.voided_by = actor
    number.void_reason = reason.strip()
    number.save(update_fields=["state", "voided_at", "voided_by", "void_reason"])


def missing_values(series: Series) -> list[int]:
    """Values between the first and the next one that have no row: always none, or something was tampered with."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT g FROM documents_series s, generate_series(s.first_value, s.next_value - 1) g WHERE s.id = %s "
            "AND NOT EXISTS (SELECT 1 FROM documents_number n WHERE n.series_id = s.id AND n.value = g) ORDER BY g",
            [series.pk],
        )
        return [value for (value,) in cursor.fetchall()]


def _locked(department: Department, code: str, prefix: str, year: int | None) -> Series:
    """The series' row, locked; made when it is the first of its year."""
    if not prefix:
        raise NumberingError(_("%(department)s还没有机关代字，请先由管理员填写。") % {"department": department})
    key: dict[str, Any] = {
        "department": department,
        "code": code,
        "prefix": prefix,
        "year": current_year() if year is None else year,
    }
    locked = Series.objects.select_for_update()
    series = locked.filter(**key).first()
    if series is None:
        # Two first issuers at once: the second waits here for the first, then finds its row.
        Series.objects.bulk_create([Series(**key)], ignore_conflicts=True)
        series = locked.get(**key)
    return series


def _give(series: Series, count: int, *, state: str, actor: User | None, purpose: str = "") -> list[Number]:
    first = series.next_value
    series.next_value = first + count
    series.save(update_fields=["next_value"])
    return Number.objects.bulk_create(
        [
            Number(series=series, value=value, text=series.text_of(value), state=state, given_by=actor, purpose=purpose)
            for value in range(first, first + count)
        ]
    )
