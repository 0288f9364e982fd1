"""Addresses of completeness on the desk; included under /desk/completeness/."""

from django.urls import path

from enforcement.completeness.views import explaining, reports, series

app_name = "completeness"
urlpatterns = [
    path("", series.OverviewView.as_view(), name="overview"),
    path("departments/<int:pk>/", series.DepartmentView.as_view(), name="department"),
    path("departments/<int:pk>/<int:year>/<str:head>/", series.SeriesView.as_view(), name="series"),
    path("explain/<int:year>/<str:head>/<int:first>/<int:last>/", explaining.ExplainView.as_view(), name="explain"),
    path("explanations/<int:pk>/", explaining.ExplanationView.as_view(), name="explanation"),
    path("reports/", reports.ReportsView.as_view(), name="reports"),
    path("reports/<int:pk>/", reports.ReportView.as_view(), name="report"),
]
