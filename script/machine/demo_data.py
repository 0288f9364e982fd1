"""Brings the demo's database up to the code: schema, roles and grants, demo data."""

from __future__ import annotations

import subprocess
import sys

from machine.places import APPS, LOCAL, PYTHON, ROOT, Notes, Trouble, fingerprint, locked, outer_environment, say
from machine.services import Services

DESK_PORT, PUBLIC_PORT = 8000, 8001


def notes() -> Notes:
    """What the demo remembers: its ports, and what its database was brought up to."""
    return Notes(LOCAL / "demo.json")


def demo_environment(services: Services) -> dict[str, str]:
    """The desk's whole environment in the demo."""
    remembered = notes()
    return {
        **outer_environment(),
        **services.environment(),
        "PORTAL_DEMO": "1",
        "PORTAL_ALLOWED_HOSTS": "127.0.0.1,localhost",
        "PORTAL_MEDIA_ROOT": str(LOCAL / "media"),
        "PORTAL_DESK_URL": f"http://127.0.0.1:{remembered.get('desk_port') or DESK_PORT}",
        "PORTAL_PUBLIC_URL": f"http://127.0.0.1:{remembered.get('public_port') or PUBLIC_PORT}",
        "DJANGO_SETTINGS_MODULE": "portal.settings",
    }


def as_owner(services: Services) -> dict[str, str]:
    """The same with the owner's database role."""
    return {**demo_environment(services), **services.owner_environment()}


def bring_up_to_date(services: Services) -> None:
    """Migrate, set up roles and load the demo data, each only when something it reads has changed."""
    with locked("prepare"):
        remembered = notes()
        (LOCAL / "media").mkdir(exist_ok=True)
        schema = fingerprint(
            [file for app in APPS for file in app.glob("**/migrations/*.py")]
            + list((ROOT / "portal" / "accounts").glob("**/*.py"))
            + [ROOT / "portal" / "ledger" / "triggers.py", ROOT / "disclosure" / "public" / "grants.py"],
            (ROOT / "uv.lock").read_text(encoding="utf-8"),
        )
        if remembered.get("schema") != schema:
            say("Bringing the database's tables and roles up to date")
            build_schema(as_owner(services))
            remembered.set(schema=schema)
        if not remembered.get("loaded"):
            if remembered.get("loading"):
                say("The last loading was interrupted: beginning anew with an empty database")
                _django(as_owner(services), "empty_demo")
                build_schema(as_owner(services))
            say("Loading the demo data, once; this takes some minutes")
            remembered.set(loading=True)
            _django(demo_environment(services), "load_demo")
            remembered.set(loaded=True, loading=False)


def build_schema(owner: dict[str, str]) -> None:
    """Migrate and make roles and grants, in the environment of the database's owner."""
    _django(owner, "migrate", "--noinput", "--verbosity=0")
    _django(owner, "setup_roles", "--verbosity=0")


def _django(environment: dict[str, str], *arguments: str) -> None:
    ran = subprocess.run(
        [PYTHON, ROOT / "manage.py", *arguments], env=environment, cwd=ROOT, stdin=subprocess.DEVNULL,
        stdout=sys.stderr, check=False,
    )  # fmt: skip
    if ran.returncode:
        raise Trouble(f"manage.py {' '.join(arguments)} failed; its own words are above.")
