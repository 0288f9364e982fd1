"""The inbox app."""

from django.apps import AppConfig


class InboxConfig(AppConfig):
    name = "portal.inbox"
    verbose_name = "消息"

    def ready(self) -> None:
        """Send mail and text messages after the commit."""
        from portal import outbox
        from portal.inbox import delivery

        outbox.handles("inbox.email")(delivery.mail_from_outbox)
        outbox.handles("inbox.sms")(delivery.text_from_outbox)
