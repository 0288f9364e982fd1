"""A round's result changes only through the door; history, reviewers and settings are only added to."""

from typing import ClassVar

from django.db import migrations

from portal.ledger.triggers import append_only, protect_state

TRACKED = ("round", "suspicion", "deliberation")


class Migration(migrations.Migration):
    dependencies: ClassVar = [("review", "0001_initial"), ("ledger", "0002_triggers")]

    operations: ClassVar = [
        protect_state("review_round", initial="open"),
        *(append_only(f"review_historical{kind}") for kind in TRACKED),
        append_only("review_reviewer"),
        append_only("review_reviewsetting"),
    ]
