"""What is asked when an act may be a crime, and when that is cleared."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from enforcement.cases import options
from enforcement.cases.data import late_reason, on_day
from enforcement.review.data.fields import day_problems
from enforcement.review.models import Suspicion
from enforcement.review.rounds import open_suspicion
from portal.attachments.models import Attachment
from portal.workflow.data import entry

WITH_PAPER = frozenset({Suspicion.Ground.NOT_FILED, Suspicion.Ground.EXEMPT})


@dataclass(frozen=True)
class Suspect:
    """The act may be a crime."""

    note: str = entry(
        _("涉嫌的犯罪和依据"),
        "long",
        help=_("可能触犯的罪名、数额或者情节、追诉标准；记录之后不得作出处罚决定，也不得以罚代移"),
        law=("处罚法27条", "YS-13"),
    )
    on: dt.date | None = on_day(_("发现日期"))
    late_reason: str = late_reason()

    def problems(self, attempt: Any) -> dict[str, Any]:
        """It is said which crime."""
        found = {} if self.note.strip() else {"note": _t("请写明涉嫌的犯罪和依据。")}
        return found | day_problems(
            self.on, attempt.subject.registered_on, _t("发现日期不能早于案件登记日期 %(day)s。")
        )


@dataclass(frozen=True)
class Clear:
    """It is none, or the judiciary has said so."""

    ground: str = entry(_("排除理由"), "choice", options=options.of(Suspicion.Ground), law=("处罚法27条", "处罚法57条"))
    reason: str = entry(_("说明"), "long", help=_("核实的经过和依据"))
    file: int | None = entry(
        _("公安机关、司法机关的文书"), "file", default=None, help=_("公安机关不予立案、依法不追究刑事责任的必须上传")
    )
    on: dt.date | None = on_day(_("排除日期"))
    late_reason: str = late_reason()

    def problems(self, attempt: Any) -> dict[str, Any]:
        """With a ground, and with the paper where somebody else has decided."""
        found: dict[str, Any] = {}
        if self.ground not in Suspicion.Ground.values:
            found["ground"] = _t("请选择排除理由。")
        if not self.reason.strip():
            found["reason"] = _t("请写明核实的经过和依据。")
        kept = self.file is not None and Attachment.objects.filter(pk=self.file, matter=attempt.matter).exists()
        if self.ground in WITH_PAPER and not kept:
            found["file"] = _t("请上传公安机关、司法机关的文书。")
        known = open_suspicion(attempt.subject)
        after = known.recorded_on if known is not None else None
        return found | day_problems(self.on, after, _t("排除日期不能早于发现日期 %(day)s。"))
