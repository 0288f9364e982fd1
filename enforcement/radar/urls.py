"""Addresses of the radar, under /desk/radar/."""

from django.urls import path

from enforcement.radar.views import SettingsView

app_name = "radar"
urlpatterns = [path("settings/", SettingsView.as_view(), name="settings")]
