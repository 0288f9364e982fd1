"""manage.py write_reference: write the generated pages of the documentation."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from portal.web.reference import markdown


class Command(BaseCommand):
    help = "生成 docs/reference/workflows.md；--check 只核对，不写"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="与现有文件不同时以错误结束")
        parser.add_argument("--output", type=Path, default=reference_path(), help="写到别处")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the page, or end with an error when it is out of date."""
        path: Path = options["output"]
        fresh = markdown()
        if options["check"]:
            if not path.is_file() or path.read_text(encoding="utf-8") != fresh:
                raise CommandError(f"{path.name} 与登记的动作不符：请运行 manage.py write_reference")
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(fresh, encoding="utf-8")
        self.stdout.write(str(path))


def reference_path() -> Path:
    """Where the generated page lies."""
    return Path(settings.BASE_DIR) / "docs" / "reference" / "workflows.md"
