"""The workflow app."""

from django.apps import AppConfig


class WorkflowConfig(AppConfig):
    name = "portal.workflow"
    verbose_name = "办理"

    def ready(self) -> None:
        """Tell the rule books which facts are stated, so that a clock nobody starts is found by `check`."""
        from portal.deadlines.registry import provide_known_facts
        from portal.workflow.registry import declared_facts

        provide_known_facts(declared_facts)
