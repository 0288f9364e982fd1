"""manage.py setup_roles: the database roles of programme and public zone, and exactly their privileges."""

from __future__ import annotations

import os
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, connection, transaction
from django.db.backends.utils import CursorWrapper
from psycopg import sql

from portal.accounts import grants_sql
from portal.environment import database, read

ADDRESSES = {
    grants_sql.PROGRAMME: ("PORTAL_PROGRAMME_DATABASE_URL", "PORTAL_DATABASE_URL"),
    grants_sql.PUBLIC: ("PORTAL_PUBLIC_DATABASE_URL",),
}


class Command(BaseCommand):
    help = "建立数据库角色并按授权表授权（以数据库属主身份运行，迁移之后执行；可重复执行）"

    def handle(self, *args: Any, **options: Any) -> None:
        """Make missing roles, set their passwords, make the dictionary of privileges true."""
        with transaction.atomic(), connection.cursor() as cursor:
            self.check_owner(cursor)
            for role in ADDRESSES:
                self.make(cursor, role)
            done = grants_sql.apply(cursor)
        if options["verbosity"]:
            self.stdout.write(
                f"{len(done.roles)} 个角色，{done.tables} 张表：授予 {done.given} 处，收回 {done.taken} 处"
            )

    def check_owner(self, cursor: CursorWrapper) -> None:
        """Only the owner of the tables can grant; raises CommandError for anybody else."""
        cursor.execute(
            "SELECT pg_has_role(current_user, relowner, 'USAGE') FROM pg_class WHERE oid = 'django_migrations'::regclass"
        )
        row = cursor.fetchone()
        if row is None or not row[0]:
            raise CommandError("须以数据表属主的身份运行：请把 PORTAL_DATABASE_URL 设为属主的地址。")

    def make(self, cursor: CursorWrapper, role: str) -> None:
        """Create the role when it is missing, and set the password that its address names.

        Raises CommandError when the role is missing and this connection may not create it.
        """
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
        missing = cursor.fetchone() is None
        password = password_of(role)
        if not missing and not password:
            return
        template = "CREATE ROLE {} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE" if missing else "ALTER ROLE {} LOGIN"
        statement = sql.SQL(template).format(sql.Identifier(role))
        if password:
            statement += sql.SQL(" PASSWORD {}").format(sql.Literal(password))
        try:
            with transaction.atomic():
                cursor.execute(statement)
        except DatabaseError as error:
            if missing:
                raise CommandError(f"角色 {role} 不存在，当前连接又无权建立：{error}") from error
            self.stderr.write(f"角色 {role} 的口令由别处管理，未改动。")
        cursor.execute(
            sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(
                sql.Identifier(connection.settings_dict["NAME"]), sql.Identifier(role)
            )
        )


def password_of(role: str) -> str:
    """The password in the role's address, or nothing when no address names the role."""
    for name in ADDRESSES[role]:
        if name not in os.environ and f"{name}_FILE" not in os.environ:
            continue
        address = database(read(name))
        if address["USER"] == role:
            return str(address["PASSWORD"])
    return ""
