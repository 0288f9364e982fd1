"""Addresses of supervision on the desk; included under /desk/supervision/."""

from django.urls import path

from supervision.views.alerts import AlertsView, GroupView, OpenView
from supervision.views.board import BoardView
from supervision.views.cases import CasesView, CaseView

app_name = "supervision"
urlpatterns = [
    path("", BoardView.as_view(), name="board"),
    path("alerts/", AlertsView.as_view(), name="alerts"),
    path("alerts/group/", GroupView.as_view(), name="group"),
    path("open/", OpenView.as_view(), {"action_key": "supervision.open"}, name="open"),
    path("cases/", CasesView.as_view(), name="cases"),
    path("cases/<int:pk>/", CaseView.as_view(), name="case"),
]
