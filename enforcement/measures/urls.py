"""Addresses of the registers of measures, under /desk/measures/."""

from django.urls import path

from enforcement.measures import views

app_name = "measures"
urlpatterns = [
    path("", views.BasisList.as_view(), name="bases"),
    path("<int:pk>/", views.BasisPage.as_view(), name="basis"),
    path("monitors/", views.MonitorList.as_view(), name="monitors"),
    path("monitors/<int:pk>/", views.MonitorPage.as_view(), name="monitor"),
]
