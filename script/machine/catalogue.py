"""Whether the English catalogue says something for every sentence of the sources."""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
from pathlib import Path

from machine import punctuation
from machine.places import APPS, ROOT, VENV, outer_environment

ENGLISH = ROOT / "locale" / "en" / "LC_MESSAGES" / "django.po"


def problems() -> list[str]:
    """Sentences without an English translation (missing, empty or fuzzy), and Chinese ones badly punctuated."""
    if not ENGLISH.is_file():
        return [f"{ENGLISH.relative_to(ROOT)} does not exist: script/manage makemessages -l en"]
    with tempfile.TemporaryDirectory() as folder:
        try:
            wanted = gather(Path(folder))
        except subprocess.CalledProcessError as error:
            return [*error.stdout.splitlines(), *error.stderr.splitlines()]
        compared = subprocess.run(
            ["msgcmp", ENGLISH, wanted],
            capture_output=True,
            text=True,
            check=False,
        )
        said = compared.stderr.replace(f"{folder}/", "").replace(f"{ROOT}/", "").splitlines()
        untranslated = said or ["msgcmp failed"] if compared.returncode else []
        sentences = re.findall(r'^(?:msgid|msgid_plural|)\s*"(.*)"$', wanted.read_text(encoding="utf-8"), re.MULTILINE)
    badly = [
        f"half-width punctuation in a Chinese sentence: «{place}»"
        for sentence in sentences
        for place in punctuation.offences(sentence)
    ]
    return [*untranslated, *badly]


def gather(folder: Path) -> Path:
    """Django's makemessages run on a copy of the sources; returns the fresh catalogue, all untranslated."""
    for app in APPS:
        if app.is_dir():
            shutil.copytree(
                app, folder / app.name, ignore=shutil.ignore_patterns("static", "migrations", "__pycache__")
            )
    (folder / "locale").mkdir()
    subprocess.run(
        [VENV / "bin" / "django-admin", "makemessages", "--locale=en", "--no-wrap", "--verbosity=0"],
        cwd=folder,
        env=outer_environment(),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=True,
    )
    return folder / "locale" / "en" / "LC_MESSAGES" / "django.po"
