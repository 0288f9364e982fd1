"""The documents app: it offers itself to the door as the paper mill and renders what the outbox brings."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "portal.documents"
    verbose_name = "文书"

    def ready(self) -> None:
        """Register the issuer with the door and the renderer with the outbox."""
        from portal import outbox
        from portal.documents import issuing, press
        from portal.workflow.papers import register_issuer

        register_issuer(issuing.Mill())
        outbox.handles("documents.render")(press.render_from_outbox)
