"""The app of the catalogues: registers matters, actions, gates and what cases ask it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CatalogueConfig(AppConfig):
    name = "enforcement.catalogue"
    label = "catalogue"
    verbose_name = _("执法目录")

    def ready(self) -> None:
        from enforcement.catalogue import registration

        registration.register()
