"""Debian and Ubuntu packages the portal needs: finds what is missing and installs it with apt."""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from machine import postgres, redis_server
from machine.places import Trouble, say

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
CREATE_CLUSTER = Path("/etc/postgresql-common/createcluster.conf")


def chromium() -> str | None:
    """The browser for the tests: PORTAL_CHROMIUM, or the first one on the path."""
    named = os.environ.get("PORTAL_CHROMIUM")
    return named or next((found for name in CHROMIUM_NAMES if (found := shutil.which(name))), None)


def _loads(*libraries: str) -> bool:
    try:
        for library in libraries:
            ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _programs(*names: str) -> bool:
    return all(shutil.which(name) for name in names)


def _has_chinese_fonts() -> bool:
    fonts = Path("/usr/share/fonts")
    return any(fonts.rglob("NotoSerifCJK*")) and any(fonts.rglob("NotoSansCJK*"))


@dataclass(frozen=True)
class Need:
    """Something the system must offer, how to see it, and the packages that bring it."""

    what: str
    packages: tuple[str, ...]
    present: Callable[[], bool]


NEEDS = (
    Need("PostgreSQL 15 or newer", ("postgresql",), lambda: bool(postgres.programs())),
    Need("Redis 7 or newer", ("redis-server",), lambda: bool(redis_server.program())),
    Need(
        "Pango and HarfBuzz for PDF",
        ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0"),
        lambda: _loads("libpango-1.0.so.0", "libpangoft2-1.0.so.0", "libharfbuzz-subset.so.0"),
    ),
    Need("Noto CJK fonts", ("fonts-noto-cjk", "fontconfig"), _has_chinese_fonts),
    Need("gettext", ("gettext",), lambda: _programs("msgfmt", "msgcmp", "xgettext")),
)
BROWSER = Need("Chromium for the browser tests", ("chromium",), lambda: chromium() is not None)


def missing(needs: tuple[Need, ...]) -> list[Need]:
    """The needs that this machine does not meet."""
    return [need for need in needs if not need.present()]


def provide(needs: tuple[Need, ...]) -> None:
    """Install what is missing; Trouble with the exact packages when that is not possible."""
    lacking = missing(needs)
    if not lacking:
        return
    install([package for need in lacking for package in need.packages])
    postgres.programs.cache_clear()
    redis_server.program.cache_clear()
    if still := missing(tuple(lacking)):
        raise Trouble(
            "Installed, yet not usable: "
            + "; ".join(f"{need.what} (package {', '.join(need.packages)})" for need in still)
            + ". This release of the system may be too old: Debian 12 and Ubuntu 24.04 are new enough."
        )


def install(packages: list[str]) -> None:
    """Install Debian packages as root or with sudo, without questions and without starting system services."""
    names = " ".join(packages)
    if shutil.which("apt-get") is None:
        raise Trouble(f"This system has no apt-get. Install what these Debian packages bring, then try again: {names}")
    root = _root_prefix(names)
    say(f"Installing system packages: {names}")
    _keep_debian_from_making_a_cluster(root, packages)
    _update(root)
    ran = _apt(root, "install", "--yes", "--no-install-recommends", *packages)
    if ran.returncode:
        raise Trouble(f"apt-get could not install: {names} (its own words are above).")
    _stop_system_services(root, packages)


def _root_prefix(names: str) -> list[str]:
    if os.geteuid() == 0:
        return []
    advice = f"as root, run: apt-get install {names}"
    if shutil.which("sudo") is None:
        raise Trouble(f"System packages are missing and neither root nor sudo is at hand; {advice}")
    if subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False).returncode == 0:
        return ["sudo", "-n"]
    if sys.stdin.isatty():
        return ["sudo"]
    raise Trouble(f"System packages are missing and sudo asks for a password; {advice}")


def _apt(root: list[str], *arguments: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [
            *root, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-q", "-o", "DPkg::Lock::Timeout=300",
            "-o", "Dpkg::Options::=--force-confold", "-o", "Dpkg::Use-Pty=0", *arguments,
        ],
        stdin=None if sys.stdin.isatty() else subprocess.DEVNULL, stdout=sys.stderr, check=False,
    )  # fmt: skip


def _update(root: list[str]) -> None:
    for pause in (2, 5, 15):
        if _apt(root, "update").returncode == 0:
            return
        say(f"apt-get update failed; trying again in {pause} s")
        time.sleep(pause)
    say("apt-get update keeps failing; trying with the package lists at hand")


def _keep_debian_from_making_a_cluster(root: list[str], packages: list[str]) -> None:
    """A fresh PostgreSQL package makes and starts a cluster on 5432; the portal runs its own."""
    if "postgresql" in packages and not CREATE_CLUSTER.exists():
        subprocess.run([*root, "mkdir", "-p", str(CREATE_CLUSTER.parent)], check=True)
        subprocess.run(
            [*root, "tee", str(CREATE_CLUSTER)],
            input="create_main_cluster = false\n", text=True, stdout=subprocess.DEVNULL, check=True,
        )  # fmt: skip


def _stop_system_services(root: list[str], packages: list[str]) -> None:
    """Debian starts a freshly installed Redis on 6379; the portal runs its own."""
    if "redis-server" in packages and Path("/run/systemd/system").is_dir():
        subprocess.run([*root, "systemctl", "disable", "--quiet", "--now", "redis-server"], check=False)
