"""The app of legal review, suspicion of crime and deliberation; it adds its gates to every step that decides a case."""

from pathlib import Path

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReviewConfig(AppConfig):
    name = "enforcement.review"
    label = "review"
    verbose_name = _("法制审核")

    def ready(self) -> None:
        from enforcement.review.registration import register_all

        register_all(Path(__file__).parent / "rules.toml")
