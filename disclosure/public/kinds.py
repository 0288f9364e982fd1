"""Kinds of acts, parties, penalties and states, as the public reads them."""

from __future__ import annotations

from typing import Final

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class ActKind(models.TextChoices):
    """行政执法行为的种类."""

    PENALTY = "penalty", _("行政处罚")
    NO_PENALTY = "no_penalty", _("不予行政处罚")
    LICENCE = "licence", _("行政许可")
    COERCION = "coercion", _("行政强制")
    INSPECTION = "inspection", _("行政检查")
    COLLECTION = "collection", _("行政征收")
    EXPROPRIATION = "expropriation", _("行政征用")
    CONFIRMATION = "confirmation", _("行政确认")
    PAYMENT = "payment", _("行政给付")
    RULING = "ruling", _("行政裁决")
    REWARD = "reward", _("行政奖励")
    OTHER = "other", _("其他执法行为")


class PartyKind(models.TextChoices):
    """当事人的种类."""

    COMPANY = "company", _("法人及非法人组织")
    BUSINESS = "business", _("个体工商户")
    NATURAL = "natural", _("自然人")


class DocumentState(models.TextChoices):
    """Whether a verified document is in force."""

    VALID = "valid", _("有效")
    VOID = "void", _("已作废")
    REVOKED = "revoked", _("已撤销")
    REPLACED = "replaced", _("已被更正")


class CardState(models.TextChoices):
    """What was done with an officer's certificate; whether it has run out is told by its days."""

    ISSUED = "issued", _("持有")
    SUSPENDED = "suspended", _("暂扣中")
    REVOKED = "revoked", _("已吊销")
    CANCELLED = "cancelled", _("已注销")
    LOST = "lost", _("已挂失作废")


class EndKind(models.TextChoices):
    """Why a decision is no longer published."""

    WITHDRAWN = "withdrawn", _("已撤回")
    EXPIRED = "expired", _("公示期满")
    CORRECTING = "correcting", _("正在更正")
    REPAIRED = "repaired", _("修复后停止公示")


# 处罚法第九条 (CF-43); stored as these words, because they are what the decision says.
PENALTIES: Final[dict[str, str | Promise]] = {
    "警告": _("警告"),
    "通报批评": _("通报批评"),
    "罚款": _("罚款"),
    "没收违法所得": _("没收违法所得"),
    "没收非法财物": _("没收非法财物"),
    "暂扣许可证件": _("暂扣许可证件"),
    "降低资质等级": _("降低资质等级"),
    "吊销许可证件": _("吊销许可证件"),
    "限制开展生产经营活动": _("限制开展生产经营活动"),
    "责令停产停业": _("责令停产停业"),
    "责令关闭": _("责令关闭"),
    "限制从业": _("限制从业"),
    "行政拘留": _("行政拘留"),
    "法律、行政法规规定的其他行政处罚": _("其他行政处罚"),
}
