"""manage.py demo_signins: the demo's accounts, for the terminal that has just started the demo."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from portal.accounts.demo import demo_password, demo_people


class Command(BaseCommand):
    help = "列出演示账号（仅在演示环境）"

    def handle(self, *args: Any, **options: Any) -> None:
        """Print username, name, department and roles of each account, and the one password."""
        try:
            password = demo_password()
        except RuntimeError as error:
            raise CommandError("不是演示环境（PORTAL_DEMO 未开），没有演示账号。") from error
        people = demo_people()
        if not people:
            self.stdout.write("还没有演示账号：请先运行 manage.py load_demo。")
            return
        self.stdout.write(f"演示账号（密码都是 {password}）：")
        for person in people:
            self.stdout.write(f"  {person.username:<12} {person.name}  {person.department}  {person.roles}")
