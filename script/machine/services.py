"""The portal's two services together: the kept ones of the demo, and throw-away ones for tests and benchmarks."""

from __future__ import annotations

import base64
import contextlib
import fcntl
import secrets
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from machine.account import kept_folder, throwaway_folder
from machine.places import LOCAL, LOGS, Trouble, local_folder, locked, write_private
from machine.postgres import Postgres
from machine.redis_server import Redis

DESK_KEYS = ("PORTAL_SECRET_KEY", "PORTAL_HASH_KEY", "PORTAL_ENCRYPTION_KEYS")
SECRETS_FILE = LOCAL / "demo.env"


def new_secrets() -> dict[str, str]:
    """Every secret of one installation, freshly drawn; passwords are hexadecimal and need no quoting."""
    return {
        "PORTAL_SECRET_KEY": secrets.token_urlsafe(48),
        "PORTAL_PUBLIC_SECRET_KEY": secrets.token_urlsafe(48),
        "PORTAL_HASH_KEY": secrets.token_urlsafe(32),
        "PORTAL_ENCRYPTION_KEYS": base64.urlsafe_b64encode(secrets.token_bytes(32)).decode(),
        "ADMIN_PASSWORD": secrets.token_hex(16),
        "OWNER_PASSWORD": secrets.token_hex(16),
        "PROGRAMME_PASSWORD": secrets.token_hex(16),
        "PUBLIC_PASSWORD": secrets.token_hex(16),
        "REDIS_PASSWORD": secrets.token_hex(16),
        "REDIS_PUBLIC_PASSWORD": secrets.token_hex(16),
    }


def demo_secrets() -> dict[str, str]:
    """The demo's secrets, drawn once and kept in .local/demo.env for its user's eyes alone."""
    local_folder()
    if SECRETS_FILE.is_file():
        lines = SECRETS_FILE.read_text(encoding="utf-8").splitlines()
        return dict(line.split("=", 1) for line in lines if "=" in line)
    drawn = new_secrets()
    write_private(SECRETS_FILE, "".join(f"{name}={value}\n" for name, value in drawn.items()))
    return drawn


@dataclass
class Services:
    """A PostgreSQL and a Redis with the secrets that open them."""

    postgres: Postgres
    redis: Redis
    secrets: dict[str, str]

    def start(self) -> None:
        """Start what does not run yet, and make sure the database has its owner."""
        self.redis.start()
        self.postgres.start()
        made = self.postgres.folder / "owner-made"
        if not made.exists():
            self.postgres.make_owner(self.secrets["OWNER_PASSWORD"])
            made.touch()

    def stop(self) -> None:
        """Stop both."""
        self.postgres.stop()
        self.redis.stop()

    def environment(self) -> dict[str, str]:
        """What the desk's settings read: its keys and addresses, with the programme's role."""
        return {
            **{name: self.secrets[name] for name in DESK_KEYS},
            "PORTAL_DATABASE_URL": self.postgres.url("portal_programme", self.secrets["PROGRAMME_PASSWORD"]),
            "PORTAL_REDIS_URL": self.redis.url(),
        }

    def owner_environment(self) -> dict[str, str]:
        """The same for migrate and setup_roles: they run as the owner, who sets the other roles' passwords."""
        desk, owner = self.environment(), self.postgres.url("portal_owner", self.secrets["OWNER_PASSWORD"])
        return desk | {
            "PORTAL_DATABASE_URL": owner,
            "PORTAL_OWNER_DATABASE_URL": owner,
            "PORTAL_PROGRAMME_DATABASE_URL": desk["PORTAL_DATABASE_URL"],
            "PORTAL_PUBLIC_DATABASE_URL": self.public_environment()["PORTAL_PUBLIC_DATABASE_URL"],
        }

    def public_environment(self) -> dict[str, str]:
        """What the public zone's settings read: its own key, database role and Redis user."""
        return {
            "PORTAL_PUBLIC_SECRET_KEY": self.secrets["PORTAL_PUBLIC_SECRET_KEY"],
            "PORTAL_PUBLIC_DATABASE_URL": self.postgres.url("portal_public", self.secrets["PUBLIC_PASSWORD"]),
            "PORTAL_REDIS_URL": self.redis.public_url(),
            "DJANGO_SETTINGS_MODULE": "portal.settings_public",
        }


def _services(postgres: Path, redis: Path, logs: Path, words: dict[str, str], *, kept: bool, durable: bool) -> Services:
    return Services(
        Postgres(postgres, logs / "postgres.log", kept=kept, password=words["ADMIN_PASSWORD"], durable=durable),
        Redis(
            redis,
            logs / "redis.log",
            kept=kept,
            password=words["REDIS_PASSWORD"],
            public_password=words["REDIS_PUBLIC_PASSWORD"],
        ),
        words,
    )


@contextlib.contextmanager
def demo_services() -> Iterator[Services]:
    """The demo's services, running for the length of the block; the last one to leave stops them.

    Everyone who uses them holds .local/in-use.lock in common, so a killed command leaves nothing locked.
    """
    local_folder()
    with (LOCAL / "in-use.lock").open("w") as in_use:
        with locked("services"):
            fcntl.flock(in_use, fcntl.LOCK_SH)
            services = _services(
                kept_folder("postgres"), kept_folder("redis"), LOGS, demo_secrets(), kept=True, durable=True
            )
            services.start()
        try:
            yield services
        finally:
            with locked("services"):
                try:
                    fcntl.flock(in_use, fcntl.LOCK_EX | fcntl.LOCK_NB)
                except BlockingIOError:
                    pass  # somebody else still uses them
                else:
                    services.stop()


def remove_demo() -> None:
    """Delete the demo's database, broker data, files and secrets; Trouble while a command uses them."""
    local_folder()
    with (LOCAL / "in-use.lock").open("w") as in_use, locked("services"):
        try:
            fcntl.flock(in_use, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Trouble("The demo is in use: stop script/demo (and script/manage) before resetting it.") from None
        services = _services(
            kept_folder("postgres"), kept_folder("redis"), LOGS, demo_secrets(), kept=True, durable=True
        )
        services.stop()
        for folder in (services.postgres.folder, services.redis.folder, LOCAL / "media"):
            shutil.rmtree(folder, ignore_errors=True)
        for file in ("demo.env", "demo.json", "postgres.elsewhere", "redis.elsewhere"):
            (LOCAL / file).unlink(missing_ok=True)


@contextlib.contextmanager
def throwaway_services(*, durable: bool) -> Iterator[Services]:
    """New services in a folder of their own, gone with everything in it at the end of the block.

    `durable` keeps fsync on: right for measuring, needless for tests.
    """
    folder = throwaway_folder()
    services: Services | None = None
    try:
        services = _services(folder, folder, folder, new_secrets(), kept=False, durable=durable)
        services.start()
        yield services
    finally:
        if services is not None:
            services.stop()
        shutil.rmtree(folder, ignore_errors=True)
