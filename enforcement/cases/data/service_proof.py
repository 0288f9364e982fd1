"""What a service that has reached the party must say of itself, by its method; the same for every paper."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _t

from enforcement.models import Service

M = Service.Method
# The party is served on the day on which somebody signs for the paper.
SIGNED = {method.value: method.label for method in (M.DIRECT, M.ENTRUSTED, M.FORWARDED)}


def signature_missing(method: str, receiver: str) -> dict[str, Any]:
    """Handed over, by whomever: somebody has signed."""
    if method not in SIGNED or receiver.strip():
        return {}
    return {"receiver": _t("%(method)s要写明签收人，以其签收的日期为送达日期。") % {"method": SIGNED[method]}}


def story_missing(method: str, note: str) -> dict[str, Any]:
    """Left, forwarded or published: how it came to that."""
    sentences = {
        M.LEFT: _t("留置送达要写明拒收的情况和见证方式。"),
        M.FORWARDED: _t("转交送达要写明由哪个单位转交。"),
        M.PUBLIC: _t("公告送达要写明下落不明或者其他方式无法送达的经过。"),
    }
    sentence = sentences.get(M(method)) if method in M.values else None
    return {"note": sentence} if sentence and not note.strip() else {}


def proof_missing(method: str, receiver: str, note: str, consent: bool | None = None) -> dict[str, Any]:
    """All of it. Electronic service needs the party's consent (CF-16): ticked, or told where no tick is asked."""
    found = signature_missing(method, receiver) | story_missing(method, note)
    if method == M.ELECTRONIC:
        if consent is False:
            found["consent"] = _t("电子送达须当事人同意并签订确认书。")
        elif consent is None and not note.strip():
            found["note"] = _t("电子送达要写明当事人同意的情况。")
    return found
