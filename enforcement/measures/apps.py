"""The app of measures; installed before enforcement.people, which adds its gates to these steps too."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MeasuresConfig(AppConfig):
    name = "enforcement.measures"
    label = "measures"
    verbose_name = _("措施、时限和过程记录")

    def ready(self) -> None:
        from enforcement.measures import registration

        registration.register()
