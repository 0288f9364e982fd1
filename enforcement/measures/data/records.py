"""What is asked of a record of the process, of a missing one, of a monitoring device and what it recorded."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from enforcement.cases import options
from enforcement.cases.data.fields import not_in_future
from enforcement.measures.data.fields import missing, past
from enforcement.measures.models import Monitor, ProcessRecord
from enforcement.measures.requirements import missing_recordings, subjects
from enforcement.models import Evidence
from portal.workflow.data import entry

SHA256 = re.compile(r"[0-9a-fA-F]{64}", re.ASCII)
STORE = _("存放")
TICKS = _("现场告知")
M = ProcessRecord.Medium


def _about(subject: Any, _actor: Any) -> Any:
    return [(key, words) for key, words in subjects(subject)]


def _missing(subject: Any, _actor: Any) -> Any:
    return [(row.key, row.words) for row in missing_recordings(subject)]


def monitors(subject: Any, _actor: Any) -> Any:
    """The department's devices."""
    return Monitor.objects.filter(department=subject.department_id)


@dataclass(frozen=True)
class Record:
    """A record of a step, in words or by a device."""

    step: str = entry(_("环节"), "choice", options=options.of(ProcessRecord.Step), law=("处罚法47条",))
    medium: str = entry(_("形式"), "choice", options=options.of(M), law=("SX-07", "SX-08"))
    title: str = entry(_("名称"), longest=120, help=_("例如：扣押现场执法记录仪录像"))
    begun_at: dt.datetime = entry(_("开始时间"), "moment")
    place: str = entry(_("地点"), longest=120)
    recorders: str = entry(_("记录人"), longest=120)
    about: str = entry(
        _("对应哪一步"),
        "choice",
        options=_about,
        default="",
        help=_("查封、扣押的录像要选对应的措施，才算录像已登记"),
    )
    ended_at: dt.datetime | None = entry(_("结束时间"), "moment", default=None, help=_("录音、录像填写"))
    device: str = entry(_("记录设备"), default="", longest=80, help=_("录音、录像、照片填写设备名称和编号"))
    certificate_shown: bool = entry(_("已出示执法证件"), "flag", default=False, law=("CF-02",), group=TICKS)
    rights_told: bool = entry(_("已告知事由、依据和权利"), "flag", default=False, law=("CF-02",), group=TICKS)
    file: int | None = entry(_("文件"), "file", default=None, group=STORE, help=_("上传的自动算出哈希值"))
    storage: str = entry(
        _("存储位置"), default="", group=STORE, help=_("不上传的写明：采集站、磁盘、目录和文件名；纸质的写卷宗页码")
    )
    sha256: str = entry(
        _("哈希值（SHA-256）"), default="", longest=64, group=STORE, help=_("存在别处的音像文件填写，64 位十六进制")
    )
    note: str = entry(_("说明"), "long", default="")

    @property
    def on(self) -> dt.date:
        """The day on which the recording is entered: what it proves keeps its own moment."""
        return timezone.localdate()

    def problems(self, attempt: Any) -> dict[str, Any]:
        """It lies somewhere; films say when they end and by which device; on site the ticks are told."""
        found = past(begun_at=self.begun_at, ended_at=self.ended_at)
        found |= missing(title=self.title, place=self.place, recorders=self.recorders)
        if self.about and self.about not in dict(_about(attempt.subject, None)):
            found["about"] = _t("所选的一步不属于本案。")
        if self.ended_at is not None and self.ended_at < self.begun_at:
            found["ended_at"] = _t("结束不能早于开始。")
        if self.medium in {M.VIDEO, M.AUDIO} and self.ended_at is None:
            found["ended_at"] = _t("录音、录像请填写结束时间。")
        if self.medium != M.TEXT and not self.device.strip():
            found["device"] = _t("请写明记录设备。")
        if self.file is None and not self.storage.strip():
            found["file"] = _t("请上传文件，或者写明存储位置。")
        if self.sha256.strip() and not SHA256.fullmatch(self.sha256.strip()):
            found["sha256"] = _t("SHA-256 是 64 位十六进制数，请核对。")
        elif self.file is None and self.medium != M.TEXT and not self.sha256.strip():
            found["sha256"] = _t("文件存在别处的，请填写哈希值，以后才能证明没有改动。")
        return found


@dataclass(frozen=True)
class Explain:
    """Why a required recording does not exist."""

    key: str = entry(_("缺少的记录"), "choice", options=_missing, law=("SX-07", "SX-08"))
    reason: str = entry(_("没有记录的原因"), "long", help=_("说明之后仍然显示为缺少；原因与它一起留存"))

    def problems(self, attempt: Any) -> dict[str, Any]:
        """A reason, for something that is missing."""
        found = missing(reason=self.reason)
        if self.key not in dict(_missing(attempt.subject, None)):
            found["key"] = _t("这份记录并不缺少，或者已经说明过。")
        return found


@dataclass(frozen=True, kw_only=True)
class AddMonitor:
    """A device with its reviews and where its place was published."""

    name: str = entry(_("设备名称"), longest=80)
    code: str = entry(_("设备编号"), longest=40)
    place: str = entry(_("设置地点"), longest=160, law=("CF-41",), help=_("与公布的一致"))
    basis: str = entry(_("使用设备的法律、行政法规"), help=_("写到条"), law=("处罚法41条",))
    standard: str = entry(_("执行的标准和检定证书"))
    legal_review: str = entry(_("法制审核意见"), law=("CF-41",))
    legal_on: dt.date = entry(_("法制审核日期"), "date")
    technical_review: str = entry(_("技术审核意见"), law=("CF-41",))
    technical_on: dt.date = entry(_("技术审核日期"), "date")
    published_at: str = entry(_("在哪里公布设置地点"), help=_("网址或者公告名称"), law=("CF-41",))
    published_on: dt.date = entry(_("公布日期"), "date")

    def problems(self, attempt: Any) -> dict[str, Any]:
        """Reviewed and published already, under a free number."""
        found = not_in_future(legal_on=self.legal_on, technical_on=self.technical_on, published_on=self.published_on)
        found |= missing(
            name=self.name, code=self.code, place=self.place, basis=self.basis, standard=self.standard,
            legal_review=self.legal_review, technical_review=self.technical_review, published_at=self.published_at,
        )  # fmt: skip
        department = attempt.actor.department_id
        if Monitor.objects.filter(department=department, code=self.code.strip()).exists():
            found["code"] = _t("编号 %(code)s 已经登记。") % {"code": self.code.strip()}
        return found


@dataclass(frozen=True)
class AddDeviceEvidence:
    """A recording of a device as evidence, after its review."""

    monitor: int = entry(_("设备"), "record", options=monitors, law=("CF-41",))
    kind: str = entry(
        _("证据种类"),
        "choice",
        options=lambda _s, _a: [
            (one.value, one.label) for one in (Evidence.Kind.ELECTRONIC, Evidence.Kind.AUDIOVISUAL)
        ],
        law=("处罚法46条",),
    )
    name: str = entry(_("名称"), longest=120)
    proves: str = entry(_("证明的事实"), "long")
    recorded_at: dt.datetime = entry(_("记录时间"), "moment")
    reviewer: str = entry(_("审核人"), longest=60, law=("处罚法41条2款",))
    reviewed_on: dt.date = entry(_("审核日期"), "date")
    clear: bool = entry(
        _("经审核，记录真实、清晰、完整、准确"),
        "flag",
        default=False,
        law=("处罚法41条2款",),
        help=_("不符合的，不得作为证据"),
    )
    told: bool = entry(
        _("已告知当事人违法事实，并为查询、陈述和申辩提供便利"), "flag", default=False, law=("处罚法41条3款",)
    )
    file: int | None = entry(_("文件"), "file", default=None)

    def problems(self, _attempt: Any) -> dict[str, Any]:
        """Recorded, then reviewed."""
        found = past(recorded_at=self.recorded_at) | not_in_future(reviewed_on=self.reviewed_on)
        found |= missing(name=self.name, proves=self.proves, reviewer=self.reviewer)
        if self.reviewed_on < timezone.localdate(self.recorded_at):
            found["reviewed_on"] = _t("审核不能早于记录。")
        return found
