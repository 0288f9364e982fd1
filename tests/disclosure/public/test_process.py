"""The public process is an application of its own: it loads nothing of the desk and knows none of its keys."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
PROBE = """
import sys, django
django.setup()
from django.conf import settings
from django.urls import get_resolver
get_resolver().url_patterns
from django.template.loader import get_template
for name in ("home", "decisions", "decision", "gone", "verify", "about", "departments", "withdrawn", "unavailable"):
    get_template(f"publiczone/{name}.html")
foreign = [name for name in sys.modules if name.split(".")[0] in {"celery", "guardian", "axes", "simple_history", "enforcement",
    "personnel", "supervision"} or name.startswith(("portal.accounts", "portal.ledger", "portal.matters", "portal.workflow",
    "portal.documents", "portal.outbox", "portal.web", "portal.inbox", "portal.attachments", "portal.deadlines",
    "disclosure.models", "disclosure.masking", "django.contrib.auth.models", "django.contrib.sessions.models"))]
assert not foreign, foreign
assert not {"django.contrib.auth", "django.contrib.sessions", "django.contrib.messages", "django.contrib.contenttypes"} & set(
    settings.INSTALLED_APPS)
print("alone")
"""


def environment() -> dict[str, str]:
    """Only what the public process needs."""
    return {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
        "DJANGO_SETTINGS_MODULE": "portal.settings_public",
        "PORTAL_PUBLIC_SECRET_KEY": "only for this test " * 3,
        "PORTAL_PUBLIC_DATABASE_URL": "postgresql://portal_public@127.0.0.1:1/nowhere",
    }


def test_the_public_process_starts_without_any_key_or_app_of_the_desk() -> None:
    ran = subprocess.run(
        [sys.executable, "-c", PROBE], env=environment(), cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.strip() == "alone"


def test_the_settings_pass_djangos_own_checks_for_production() -> None:
    command = [sys.executable, "-m", "django", "check", "--deploy", "--fail-level", "ERROR"]
    ran = subprocess.run(command, env=environment(), cwd=ROOT, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert "no issues" in ran.stdout, ran.stdout
