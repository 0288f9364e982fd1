"""One row that says whether the demo data are there, wholly or only in part."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Loading(models.Model):
    """A loading of the demo data: begun before the first row of it, finished after the last."""

    day = models.DateField(_("以哪一天为今天"))
    small = models.BooleanField(_("小规模"), default=False)
    begun_at = models.DateTimeField(_("开始"))
    finished_at = models.DateTimeField(_("完成"), null=True, blank=True)

    class Meta:
        verbose_name = _("演示数据装载")

    def __str__(self) -> str:
        return f"{self.day}"
