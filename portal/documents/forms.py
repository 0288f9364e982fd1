"""Forms of a department's number series: where a series begins, and which numbers are kept in reserve."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import Department
from portal.documents.kinds import all_kinds
from portal.documents.numbering import LARGEST_BLOCK


def series_choices(department: Department) -> list[tuple[str, str]]:
    """Every series the department numbers its papers in: prefix and code, with the papers that use it."""
    papers: dict[str, list[str]] = {}
    for kind in all_kinds():
        if not kind.series or (kind.issuers and department.kind not in kind.issuers):
            continue
        if prefix := kind.prefix(department):
            papers.setdefault(f"{prefix}|{kind.series}", []).append(str(kind.label))
    return [(key, f"{key.replace('|', '')}（{'、'.join(labels)}）") for key, labels in sorted(papers.items())]


class SeriesForm(forms.Form):
    """Which series, and why."""

    series = forms.ChoiceField(label=_("文号"))

    def __init__(self, *args: Any, department: Department, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["series"].choices = series_choices(department)  # type: ignore[attr-defined]  # a ChoiceField

    @property
    def prefix_and_code(self) -> tuple[str, str]:
        """The chosen series."""
        prefix, _bar, code = str(self.cleaned_data["series"]).partition("|")
        return prefix, code


class BeginForm(SeriesForm):
    """The first number of a series that was begun on paper."""

    first_value = forms.IntegerField(label=_("本年度从几号开始"), min_value=2, max_value=99_999)
    reason = forms.CharField(label=_("理由"), max_length=200, help_text=_("例如：本年度前37号已在纸质登记簿上编号。"))


class ReserveForm(SeriesForm):
    """A block of numbers for papers filled in by hand."""

    count = forms.IntegerField(label=_("预留几个号"), min_value=1, max_value=LARGEST_BLOCK)
    purpose = forms.CharField(label=_("用途"), max_length=200, help_text=_("例如：9月3日在没有网络的地方现场处罚。"))
