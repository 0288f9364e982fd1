"""The app of proofs: gives the ledger's seal its public leaves."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProofsConfig(AppConfig):
    name = "disclosure.proofs"
    verbose_name = _("公示存证")

    def ready(self) -> None:
        from disclosure.proofs.leaves import SnapshotLeaves
        from portal.ledger.service import register_public

        register_public(SnapshotLeaves())
