"""Ending display periods: what is shown too long goes off the public site by itself."""

from __future__ import annotations

import datetime as dt
import logging

from django.utils import timezone

from disclosure.actions import EXPIRE
from disclosure.data import Expire
from disclosure.models import Disclosure
from portal.workflow.door import perform
from portal.workflow.errors import DoorError

logger = logging.getLogger(__name__)


def expire_due(today: dt.date | None = None) -> int:
    """Expire every published disclosure whose display period ended before today; returns how many.

    Reads dates only, so running it late or twice changes nothing more; one that cannot be expired
    (somebody withdraws it this moment) does not hold up the others.
    """
    today = today or timezone.localdate()
    ended = Disclosure.objects.filter(state__in=EXPIRE.source, display_until__lt=today)
    done = 0
    for disclosure in ended.order_by("display_until", "pk").iterator(chunk_size=500):
        try:
            perform(disclosure, EXPIRE, actor=None, data=Expire())
        except DoorError as error:
            logger.info("disclosure %s was not expired: %s", disclosure.pk, error)
        else:
            done += 1
    return done
