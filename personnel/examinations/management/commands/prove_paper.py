"""manage prove_paper: a paper drawn once more from its seed and the bank's version, set against the one given out."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from personnel.examinations.drawing import digest_of
from personnel.examinations.models import Sitting
from personnel.examinations.pools import paper_of, stored_paper


class Command(BaseCommand):
    """Ends with 0 when both are the same, else with 1."""

    help = "Draw the paper of a sitting again and compare it with the one that was given out."

    def add_arguments(self, parser: CommandParser) -> None:
        """Which sitting: the number in the address of its page."""
        parser.add_argument("sitting", type=int)

    def handle(self, *_args: Any, **options: Any) -> None:
        """Draw, compare, tell."""
        rows = Sitting.objects.select_related("candidate__examination")
        sitting = rows.filter(pk=options["sitting"]).first()
        if sitting is None:
            raise CommandError(f"没有编号为 {options['sitting']} 的答卷。")
        again, given = digest_of(paper_of(sitting)), digest_of(stored_paper(sitting))
        self.stdout.write(f"种子 {sitting.seed}，题库版本 {sitting.candidate.examination.bank_version}")
        self.stdout.write(f"重新抽题 {again}")
        self.stdout.write(f"发出的卷 {given}")
        if again != given:
            raise CommandError("两卷不同。")
        self.stdout.write("两卷相同。")
