"""Addresses of documents on the desk; included under /desk/documents/."""

from django.urls import path

from portal.documents import views

app_name = "documents"
urlpatterns = [
    path("<int:pk>/", views.page, name="page"),
    path("<int:pk>/progress/", views.progress, name="progress"),
    path("<int:pk>/file/", views.file, name="file"),
    path("<int:pk>/again/", views.again, name="again"),
]
