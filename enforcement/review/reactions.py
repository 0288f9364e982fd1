"""What follows a turn of a review: a guest's right to see the case begins and ends, people are told."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from enforcement.review.models import Round
from portal.accounts.grants import end_grants, grant_matter
from portal.accounts.models import User
from portal.accounts.roles import Role
from portal.inbox import notify
from portal.workflow.registry import Stated, react

HEADS = (Role.HEAD.value, Role.DEPUTY.value)
KIND = "review"
SUBMITTED = _("%(case)s已送法制审核，请承办或者指定审核人员")
ASSIGNED = _("%(case)s的法制审核由您承办")
CONCLUDED = _("%(case)s的法制审核有了结论：%(verdict)s")
SUSPECTED = _("%(case)s被记录涉嫌犯罪：排除之前不得作出处罚决定")


def _round(stated: Stated) -> Round:
    key = int(stated.fact.about.removeprefix("review:"))
    return Round.objects.select_related("reviewer", "submitted_by").get(pk=key)


def let_in(stated: Stated) -> None:
    """Whoever was invited sees the case from this event on; whom he replaces no longer does."""
    value = stated.fact.value
    if value.get("before"):
        end_grants(stated.matter, to=User.objects.get(pk=value["before"]), event=stated.event)
    if value["invited"]:
        grant_matter(
            stated.matter,
            to=User.objects.get(pk=value["reviewer"]),
            ground=str(_("受邀进行法制审核")),
            event=stated.event,
        )


def let_out(stated: Stated) -> None:
    """With the opinion, or when the file is taken back, the guest's right ends."""
    value = stated.fact.value
    if value["invited"] and value["reviewer"]:
        end_grants(stated.matter, to=User.objects.get(pk=value["reviewer"]), event=stated.event)


def _tell(stated: Stated, people: Any, text: Any, url: str, **words: str) -> None:
    notify(
        people,
        str(text) % ({"case": stated.matter.title} | words),
        kind=KIND,
        url=url,
        matter=stated.matter,
        key=f"{stated.fact.name}:{stated.fact.pk}",
    )


def _of_department(stated: Stated, *roles: str) -> Any:
    return User.objects.filter(
        department=stated.matter.department_id, role_assignments__role__in=roles, is_active=True
    ).distinct()


def tell_submitted(stated: Stated) -> None:
    """The legal officers and the heads."""
    url = reverse("review:round", args=[_round(stated).pk])
    _tell(stated, _of_department(stated, Role.LEGAL.value, *HEADS), SUBMITTED, url)


def tell_assigned(stated: Stated) -> None:
    """The reviewer, unless he took it himself."""
    found = _round(stated)
    if found.reviewer is not None and found.reviewer != stated.actor:
        _tell(stated, [found.reviewer], ASSIGNED, reverse("review:opine", args=[found.pk]))


def tell_concluded(stated: Stated) -> None:
    """Who submitted it, and the heads."""
    found = _round(stated)
    people = {user.pk: user for user in _of_department(stated, *HEADS)}
    if found.submitted_by is not None:
        people[found.submitted_by.pk] = found.submitted_by
    url = reverse("review:round", args=[found.pk])
    _tell(stated, people.values(), CONCLUDED, url, verdict=str(found.get_state_display()))


def tell_suspected(stated: Stated) -> None:
    """The heads."""
    _tell(stated, _of_department(stated, *HEADS), SUSPECTED, reverse("enforcement:case", args=[stated.matter.pk]))


def register() -> None:
    """Put the reactions on the register."""
    react("review.assigned", let_in)
    react("review.concluded", let_out)
    react("review.withdrawn", let_out)
    react("review.submitted", tell_submitted)
    react("review.assigned", tell_assigned)
    react("review.concluded", tell_concluded)
    react("crime.suspected", tell_suspected)
