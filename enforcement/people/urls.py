"""Addresses of people on cases, under /desk/people/."""

from django.urls import path

from enforcement.people.views.assigning import AssignView
from enforcement.people.views.board import BoardView
from enforcement.people.views.handover import HandoverView

app_name = "people"
urlpatterns = [
    path("", BoardView.as_view(), name="board"),
    path("assign/", AssignView.as_view(), name="assign"),
    path("handover/<int:pk>/", HandoverView.as_view(), name="handover"),
]
