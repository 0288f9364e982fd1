"""The attachments app."""

from django.apps import AppConfig


class AttachmentsConfig(AppConfig):
    name = "portal.attachments"
    verbose_name = "附件"

    def ready(self) -> None:
        """Have uploaded files scanned after the commit."""
        from portal import outbox
        from portal.attachments import scanning

        outbox.handles("attachments.scan")(scanning.scan_from_outbox)
