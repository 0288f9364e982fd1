"""manage.py empty_demo: throws away a database whose demo data were loaded only in part."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from demo.models import Loading


class Command(BaseCommand):
    """Run by the owner's role; migrate and setup_roles make the tables anew afterwards."""

    help = "清空只装了一半的演示库（仅在演示环境；装好的演示数据不清）"

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Drop everything in the schema, if and only if a loading was begun and not finished."""
        if not settings.DEMO:
            raise CommandError("不是演示环境（PORTAL_DEMO 未开），不清空数据库。")
        if Loading._meta.db_table not in connection.introspection.table_names():
            self.stdout.write("没有演示数据的表，不须清空。")
            return
        last = Loading.objects.order_by("-pk").first()
        if last is None:
            self.stdout.write("没有装过演示数据，不须清空。")
            return
        if last.finished_at is not None:
            raise CommandError("演示数据已经装好，不清空。要重新开始，请用 script/demo --reset。")
        with connection.cursor() as cursor:
            cursor.execute("DROP SCHEMA public CASCADE")
            cursor.execute("CREATE SCHEMA public")
        self.stdout.write("已清空只装了一半的演示数据。")
