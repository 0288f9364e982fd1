"""Addresses of enforcement under /desk/."""

from django.urls import include, path

from enforcement.cases import lists, views

app_name = "enforcement"
urlpatterns = [
    path("cases/", lists.CaseList.as_view(), name="cases"),
    path("cases/<int:pk>/", views.CasePage.as_view(), name="case"),
    path("cases/<int:pk>/parties/<int:party>/identity/", views.ShowIdentity.as_view(), name="identity"),
    path("imports/", include("enforcement.imports.urls")),
]
