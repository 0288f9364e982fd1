"""Addresses of notices on the desk; included under /desk/notices/."""

from django.urls import path

from portal.inbox import views

app_name = "inbox"
urlpatterns = [
    path("", views.notices, name="notices"),
    path("read/", views.read_all, name="read-all"),
    path("<int:pk>/open/", views.open_notice, name="open"),
]
