"""Addresses of the import under /desk/imports/."""

from __future__ import annotations

from django.urls import path

from enforcement.imports import views

urlpatterns = [
    path("", views.RunList.as_view(), name="imports"),
    path("new/", views.Upload.as_view(), name="import-new"),
    path("<int:pk>/", views.RunPage.as_view(), name="import"),
    path("<int:pk>/progress/", views.Progress.as_view(), name="import-progress"),
    path("<int:pk>/confirm/", views.Step.as_view(step="confirm"), name="import-confirm"),
    path("<int:pk>/discard/", views.Step.as_view(step="discard"), name="import-discard"),
    path("<int:pk>/resume/", views.Step.as_view(step="resume"), name="import-resume"),
    path("<int:pk>/result/", views.Result.as_view(), name="import-result"),
    path("<int:pk>/errors.csv", views.ErrorsFile.as_view(), name="import-errors"),
]
