"""Addresses of the desk that belong to no room; everything below /desk/."""

from django.urls import path, register_converter

from portal.web import action_views, desk_views, preview_views, proposal_views, reference_views, view_pages

app_name = "web"


class ActionKey:
    """The key of an action: names divided by dots."""

    regex = r"[a-z][a-z0-9_]*(?:\.[a-z][a-z0-9_]*)*"

    def to_python(self, value: str) -> str:
        """As it is."""
        return value

    def to_url(self, value: str) -> str:
        """As it is."""
        return value


register_converter(ActionKey, "action")

urlpatterns = [
    path("", desk_views.WorkbenchView.as_view(), name="workbench"),
    path("healthz", desk_views.health, name="health"),
    path("search/", desk_views.SearchView.as_view(), name="search"),
    path("deadlines/", desk_views.DeadlinesView.as_view(), name="deadlines"),
    path("workflows/", reference_views.WorkflowsView.as_view(), name="workflows"),
    path("easy/", desk_views.easy, name="easy"),
    path("language/", desk_views.language, name="language"),
    path("views/", view_pages.ViewsPage.as_view(), name="views"),
    path("views/<int:pk>/", view_pages.ViewPage.as_view(), name="view"),
    path("exports/", view_pages.ExportsView.as_view(), name="exports"),
    path("proposals/", proposal_views.ProposalsView.as_view(), name="proposals"),
    path("proposals/<int:pk>/", proposal_views.ProposalView.as_view(), name="proposal"),
    path("new/<action:action_key>/", action_views.ActionView.as_view(), name="act-new"),
    path("new/<action:action_key>/autosave/", action_views.AutosaveView.as_view(), name="autosave-new"),
    path("new/<action:action_key>/preview/", preview_views.PreviewView.as_view(), name="preview-new"),
    path("do/<int:matter_pk>/<action:action_key>/", action_views.ActionView.as_view(), name="act"),
    path("do/<int:matter_pk>/<action:action_key>/autosave/", action_views.AutosaveView.as_view(), name="autosave"),
    path(
        "do/<int:matter_pk>/<action:action_key>/<int:subject_pk>/", action_views.ActionView.as_view(), name="act-child"
    ),
    path(
        "do/<int:matter_pk>/<action:action_key>/<int:subject_pk>/autosave/",
        action_views.AutosaveView.as_view(),
        name="autosave-child",
    ),
    path("do/<int:matter_pk>/<action:action_key>/preview/", preview_views.PreviewView.as_view(), name="preview"),
    path(
        "do/<int:matter_pk>/<action:action_key>/<int:subject_pk>/preview/",
        preview_views.PreviewView.as_view(),
        name="preview-child",
    ),
]
