"""Addresses of campaigns on the desk; included under /desk/cleanup/."""

from django.urls import path

from personnel.cleanup.views import campaigns, rolls

app_name = "cleanup"
urlpatterns = [
    path("", rolls.RollsView.as_view(), name="rolls"),
    path("rolls/<int:pk>/", rolls.RollView.as_view(), name="roll"),
    path("lines/<int:pk>/", rolls.LineView.as_view(), name="line"),
    path("campaigns/", campaigns.CampaignsView.as_view(), name="campaigns"),
    path("campaigns/<int:pk>/", campaigns.CampaignView.as_view(), name="campaign"),
    path("campaigns/<int:pk>/follow/<slug:finding>/", campaigns.FollowView.as_view(), name="follow"),
]
