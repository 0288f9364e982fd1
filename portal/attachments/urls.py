"""Addresses of attachments on the desk; included under /desk/attachments/."""

from django.urls import path

from portal.attachments import views

app_name = "attachments"
urlpatterns = [
    path("<int:pk>/", views.page, name="page"),
    path("<int:pk>/file/", views.download, name="download"),
    path("<int:pk>/void/", views.void, name="void"),
]
