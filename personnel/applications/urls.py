"""Addresses of applications on the desk; included under /desk/applications/."""

from django.urls import path

from personnel.applications.views import applications, letters, settings

app_name = "applications"
urlpatterns = [
    path("", applications.ApplicationsView.as_view(), name="list"),
    path("queue/", applications.QueueView.as_view(), name="queue"),
    path("<int:pk>/", applications.ApplicationView.as_view(), name="application"),
    path("letters/", letters.LettersView.as_view(), name="letters"),
    path("letters/<int:pk>/", letters.LetterView.as_view(), name="letter"),
    path("settings/", settings.SettingsView.as_view(), name="settings"),
]
