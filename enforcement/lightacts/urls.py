"""Addresses of light acts under /desk/acts/."""

from django.urls import path

from enforcement.lightacts import import_views, views

app_name = "lightacts"
urlpatterns = [
    path("", views.ActList.as_view(), name="acts"),
    path("new/", views.NewAct.as_view(), name="new"),
    path("files/new/", import_views.Upload.as_view(), name="upload"),
    path("files/template.csv", import_views.Template.as_view(), name="template"),
    path("files/<int:pk>/", import_views.Result.as_view(), name="import"),
    path("<int:pk>/", views.ActPage.as_view(), name="act"),
    path("<int:pk>/parties/<int:party>/identity/", views.ShowIdentity.as_view(), name="identity"),
]
