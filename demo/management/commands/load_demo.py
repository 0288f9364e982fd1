"""manage.py load_demo: an invented district with two years of cases, once."""

from __future__ import annotations

import os
import time
from importlib.util import find_spec
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from demo.models import Loading
from portal.accounts.models import Department

HALF = "演示数据上次只装了一半。请用 script/demo --reset 重新建库后再装。"


class Command(BaseCommand):
    """Says so and ends when the demo is loaded already."""

    help = "装载演示数据：虚构的区、部门、人员和两年的案件（仅在演示环境，只装一次）"

    def add_arguments(self, parser: CommandParser) -> None:
        """How much, and in how many processes."""
        parser.add_argument("--small", action="store_true", help="二十余件案件，一个进程，供测试使用")
        parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="并行的进程数")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Load, unless it has been done; a half-done loading is never continued."""
        if not settings.DEMO:
            raise CommandError("不是演示环境（PORTAL_DEMO 未开），不装演示数据。")
        if (before := Loading.objects.order_by("-pk").first()) is not None:
            if before.finished_at is None:
                raise CommandError(HALF)
            self.stdout.write(f"演示数据已经装好（以 {before.day} 为今天），没有再装。")
            return
        if Department.objects.exists():
            raise CommandError("数据库里已有部门，不是空库，不装演示数据。")
        if find_spec("time_machine") is None:
            raise CommandError("缺少 time-machine，无法按日期录入演示数据。请运行 uv sync --group demo 后再试。")
        self._load(small=options["small"], jobs=1 if options["small"] else options["jobs"])

    def _load(self, *, small: bool, jobs: int) -> None:
        from demo.loading import load

        begun, today = time.monotonic(), timezone.localdate()
        mark = Loading.objects.create(day=today, small=small, begun_at=timezone.now())

        def tell(words: str) -> None:
            self.stdout.write(f"  {time.monotonic() - begun:5.1f} 秒  {words}")
            self.stdout.flush()

        load(today, small=small, jobs=jobs, tell=tell)
        mark.finished_at = timezone.now()
        mark.save(update_fields=["finished_at"])
        tell("完成")
