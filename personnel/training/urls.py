"""Addresses of training on the desk; included under /desk/training/."""

from django.urls import path

from personnel.training.views import people, plans, sessions, settings, signing, standings

app_name = "training"
urlpatterns = [
    path("", sessions.SessionsView.as_view(), name="sessions"),
    path("sessions/<int:pk>/", sessions.SessionView.as_view(), name="session"),
    path("sessions/<int:pk>/code/", signing.CodeView.as_view(), name="code"),
    path("sessions/<int:pk>/import/", signing.ImportView.as_view(), name="import"),
    path("sign/<int:pk>/<str:code>/", signing.ScanView.as_view(), name="scan"),
    path("plans/", plans.PlansView.as_view(), name="plans"),
    path("plans/<int:pk>/", plans.PlanView.as_view(), name="plan"),
    path("me/", people.MyHoursView.as_view(), name="me"),
    path("officers/<int:pk>/", people.HoursView.as_view(), name="officer"),
    path("statements/<int:pk>/", people.StatementView.as_view(), name="statement"),
    path("hours/", standings.StandingsView.as_view(), name="standings"),
    path("duties/<int:pk>/", standings.DutyView.as_view(), name="duty"),
    path("settings/", settings.SettingsView.as_view(), name="settings"),
]
