"""Addresses of the calendar pages and the calculator."""

from django.urls import path

from portal.deadlines import views

app_name = "deadlines"
urlpatterns = [
    path("", views.calendars, name="calendars"),
    path("<slug:key>/<int:year>/", views.calendar_year, name="calendar-year"),
    path("<slug:key>/import/", views.import_year, name="import-year"),
    path("calculator/", views.calculator, name="calculator"),
]
