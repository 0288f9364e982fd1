"""Addresses of the interface; included under /desk/api/."""

from django.urls import path, re_path

import portal.web.urls  # noqa: F401 - it registers the converter of action keys
from portal.api import openapi, pages, views

app_name = "api"
urlpatterns = [
    path("", pages.TokensView.as_view(), name="tokens"),
    path("<int:pk>/withdraw/", pages.WithdrawView.as_view(), name="withdraw"),
    path("consents/", pages.ConsentsView.as_view(), name="consents"),
    path("docs/", pages.DocumentationView.as_view(), name="docs"),
    path("v1/openapi.json", openapi.document, name="openapi"),
    path("v1/me", views.Me.as_view(), name="me"),
    path("v1/matters", views.Matters.as_view(), name="matters"),
    path("v1/matters/<int:pk>", views.MatterState.as_view(), name="matter"),
    path("v1/matters/<int:pk>/events", views.Events.as_view(), name="events"),
    path("v1/matters/<int:pk>/actions/<action:action_key>", views.Actions.as_view(), name="act"),
    path("v1/actions/<action:action_key>", views.Actions.as_view(), name="act-new"),
    path("v1/documents/<int:pk>/file", views.DocumentFile.as_view(), name="document-file"),
    path("v1/proposals", views.Proposals.as_view(), name="proposals"),
    path("v1/proposals/<int:pk>", views.ProposalState.as_view(), name="proposal"),
    path("v1/proposals/<int:pk>/decision", views.Decision.as_view(), name="decision"),
    path("v1/files", views.Files.as_view(), name="files"),
    re_path(r"^v1/(?P<rest>.*)$", views.Unknown.as_view(), name="unknown"),
]
