"""manage.py verify_ledger: check every chain, history row and seal."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from portal.ledger.models import Event, Seal
from portal.ledger.verification import verify


class Command(BaseCommand):
    help = "检查台账：指出被改、被删、被插入、被调换或被截断的记录"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="最后一行输出 JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print every finding; ends with an error when there is one."""
        findings = list(verify())
        for finding in findings:
            self.stdout.write(f"{finding.kind}\t{finding.sentence}")
        summary = {
            "events": Event.objects.count(),
            "seals": Seal.objects.count(),
            "findings": [asdict(f) for f in findings],
        }
        if options["json"]:
            self.stdout.write(json.dumps(summary, ensure_ascii=False))
        else:
            self.stdout.write(f"{summary['events']} 条事件，{summary['seals']} 次封存，{len(findings)} 处不符")
        if findings:
            raise CommandError(f"台账有 {len(findings)} 处不符")
