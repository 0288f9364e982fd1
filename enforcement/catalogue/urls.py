"""Addresses of the catalogues; included under /desk/catalogue/."""

from django.urls import path

from enforcement.catalogue import import_views, outlier_views, views

app_name = "catalogue"
urlpatterns = [
    path("", views.EntryList.as_view(), name="entries"),
    path("<int:pk>/", views.EntryPage.as_view(), name="entry"),
    path("<int:pk>/outliers/", outlier_views.Outliers.as_view(), name="outliers"),
    path("cases/<int:pk>/standing/", views.StandingView.as_view(), name="standing"),
    path("spot/standing/", views.SpotStandingView.as_view(), name="spot_standing"),
    path("files/new/", import_views.Upload.as_view(), name="upload"),
    path("files/template.csv", import_views.Template.as_view(), name="template"),
    path("files/<int:pk>/", import_views.BatchPage.as_view(), name="batch"),
]
