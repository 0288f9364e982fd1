"""Addresses of legal review, under /desk/review/."""

from django.urls import path

from enforcement.review.views.board import BoardView
from enforcement.review.views.desk import OpineAutosaveView, OpineView
from enforcement.review.views.queue import QueueView
from enforcement.review.views.round import RoundView
from enforcement.review.views.settings import ReviewersView, SettingsView

app_name = "review"
urlpatterns = [
    path("", QueueView.as_view(), name="queue"),
    path("<int:pk>/", RoundView.as_view(), name="round"),
    path("<int:pk>/opine/", OpineView.as_view(), name="opine"),
    path("<int:pk>/opine/autosave/", OpineAutosaveView.as_view(), name="autosave"),
    path("board/", BoardView.as_view(), name="board"),
    path("reviewers/", ReviewersView.as_view(), name="reviewers"),
    path("settings/", SettingsView.as_view(), name="settings"),
]
