"""What is made from the sources before anything is served: style sheet, catalogues, gathered static files."""

from __future__ import annotations

import re
import subprocess

from machine.places import (
    APPS,
    LOCAL,
    LOGS,
    PYTHON,
    ROOT,
    Notes,
    Trouble,
    fingerprint,
    local_folder,
    locked,
    outer_environment,
)

TABLER = ROOT / "node_modules" / "@tabler" / "core"
STYLE = ROOT / "portal" / "theme" / "static" / "theme" / "vendor" / "tabler.min.css"
STATIC = LOCAL / "static"


def main(arguments: list[str]) -> int:
    """`python script/machine assets`: makes all of it anew; for building the image (Dockerfile)."""
    if arguments:
        raise Trouble("assets takes no argument.")
    copy_style()
    compile_catalogues()
    gather_static()
    return 0


def copy_style() -> None:
    """Copy Tabler's style sheet to where Django serves it."""
    STYLE.parent.mkdir(parents=True, exist_ok=True)
    style = (TABLER / "dist" / "css" / "tabler.min.css").read_text(encoding="utf-8")
    STYLE.write_text(re.sub(r"/\*# sourceMappingURL=.*?\*/", "", style), encoding="utf-8")


def compile_catalogues() -> None:
    """Compile every catalogue that is newer than what was made of it."""
    for catalogue in ROOT.glob("locale/*/LC_MESSAGES/*.po"):
        compiled = catalogue.with_suffix(".mo")
        if not compiled.exists() or compiled.stat().st_mtime < catalogue.stat().st_mtime:
            ran = subprocess.run(
                ["msgfmt", "--output-file", compiled, catalogue], capture_output=True, text=True, check=False
            )
            if ran.returncode:
                raise Trouble(f"{catalogue} cannot be compiled:\n{ran.stderr}")


def gather_static() -> None:
    """Gather and compress the static files anew when one of them changed; needs working settings, no service."""
    local_folder()
    with locked("bootstrap"):
        notes = Notes(LOCAL / "bootstrap.json")
        sources = [file for app in APPS for file in app.glob("**/static/**/*")]
        wanted = fingerprint([*sources, ROOT / "uv.lock"])
        if notes.get("static") != wanted or not (STATIC / "staticfiles.json").exists():
            _collect()
            notes.set(static=wanted)


def _collect() -> None:
    log = LOGS / "collectstatic.log"
    with log.open("w") as words:
        ran = subprocess.run(
            [PYTHON, ROOT / "manage.py", "collectstatic", "--noinput", "--clear"],
            env=outer_environment() | placeholder_environment(),
            stdin=subprocess.DEVNULL,
            stdout=words,
            stderr=words,
            check=False,
        )
    if ran.returncode:
        raise Trouble(f"collectstatic failed:\n{log.read_text(encoding='utf-8')[-2000:]}")


def placeholder_environment() -> dict[str, str]:
    """Settings for commands that need Django but neither data nor services: nothing listens there."""
    nowhere = "postgresql://nobody:nothing@127.0.0.1:1/none"
    return {
        "DJANGO_SETTINGS_MODULE": "portal.settings",
        "PORTAL_SECRET_KEY": "placeholder",
        "PORTAL_PUBLIC_SECRET_KEY": "placeholder",
        "PORTAL_HASH_KEY": "placeholder",
        "PORTAL_ENCRYPTION_KEYS": "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
        "PORTAL_DATABASE_URL": nowhere,
        "PORTAL_OWNER_DATABASE_URL": nowhere,
        "PORTAL_PUBLIC_DATABASE_URL": nowhere,
        "PORTAL_REDIS_URL": "redis://127.0.0.1:1/0",
    }
