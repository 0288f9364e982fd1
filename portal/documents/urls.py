"""Addresses of documents on the desk; included under /desk/documents/."""

from django.urls import path

from portal.documents import number_views, print_views, views

app_name = "documents"
urlpatterns = [
    path("numbers/", number_views.numbers, name="numbers"),
    path("numbers/<int:pk>/void/", number_views.void, name="number-void"),
    path("print/<int:matter_pk>/", print_views.choose, name="print"),
    path("print/<int:matter_pk>/pdf/", print_views.bound, name="bound"),
    path("<int:pk>/", views.page, name="page"),
    path("<int:pk>/progress/", views.progress, name="progress"),
    path("<int:pk>/file/", views.file, name="file"),
    path("<int:pk>/again/", views.again, name="again"),
]
