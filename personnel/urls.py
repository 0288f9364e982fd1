"""Addresses of personnel on the desk; included under /desk/personnel/."""

from django.urls import path

from personnel.views.certificates import CertificatesView, CertificateView
from personnel.views.officers import FindView, OfficerFormView, OfficersView, OfficerView

app_name = "personnel"
urlpatterns = [
    path("", OfficersView.as_view(), name="officers"),
    path("find/", FindView.as_view(), name="find"),
    path("officers/new/", OfficerFormView.as_view(), name="officer-new"),
    path("officers/<int:pk>/", OfficerView.as_view(), name="officer"),
    path("officers/<int:pk>/edit/", OfficerFormView.as_view(), name="officer-edit"),
    path("certificates/", CertificatesView.as_view(), name="certificates"),
    path("certificates/<int:pk>/", CertificateView.as_view(), name="certificate"),
]
