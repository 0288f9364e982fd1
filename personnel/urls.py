"""Addresses of personnel on the desk; included under /desk/personnel/."""

from django.urls import path

from personnel.views.cards import CardView
from personnel.views.certificates import CertificatesView, CertificateView
from personnel.views.imports import ErrorsView, ImportsView, RunPage, StepView, TemplateView, UploadView
from personnel.views.keeping import CheckSettingsView, ChecksView, ExpiringView, SheetView
from personnel.views.officers import FindView, OfficerFormView, OfficersView, OfficerView
from personnel.views.own import OwnView
from personnel.views.pictures import PictureFormView, PictureView
from personnel.views.postings import PostingView

app_name = "personnel"
urlpatterns = [
    path("", OfficersView.as_view(), name="officers"),
    path("find/", FindView.as_view(), name="find"),
    path("officers/new/", OfficerFormView.as_view(), name="officer-new"),
    path("officers/<int:pk>/", OfficerView.as_view(), name="officer"),
    path("officers/<int:pk>/edit/", OfficerFormView.as_view(), name="officer-edit"),
    path("officers/<int:pk>/posting/", PostingView.as_view(), name="posting"),
    path("officers/<int:pk>/photo/", PictureFormView.as_view(), {"kind": "photo"}, name="photo-new"),
    path("officers/<int:pk>/photo.jpg", PictureView.as_view(), {"kind": "photo"}, name="photo"),
    path("officers/<int:pk>/legal-proof/", PictureFormView.as_view(), {"kind": "legal-proof"}, name="legal-proof-new"),
    path("officers/<int:pk>/legal-proof.jpg", PictureView.as_view(), {"kind": "legal-proof"}, name="legal-proof"),
    path("me/", OwnView.as_view(), name="me"),
    path("imports/", ImportsView.as_view(), name="imports"),
    path("imports/new/", UploadView.as_view(), name="import-new"),
    path("imports/template.csv", TemplateView.as_view(), name="import-template"),
    path("imports/<int:pk>/", RunPage.as_view(), name="import"),
    path("imports/<int:pk>/confirm/", StepView.as_view(step="confirm"), name="import-confirm"),
    path("imports/<int:pk>/discard/", StepView.as_view(step="discard"), name="import-discard"),
    path("imports/<int:pk>/errors.csv", ErrorsView.as_view(), name="import-errors"),
    path("certificates/", CertificatesView.as_view(), name="certificates"),
    path("certificates/expiring/", ExpiringView.as_view(), name="expiring"),
    path("certificates/<int:pk>/card.pdf", CardView.as_view(), name="card"),
    path("checks/", ChecksView.as_view(), name="checks"),
    path("checks/sheet/", SheetView.as_view(), name="check-sheet"),
    path("checks/settings/", CheckSettingsView.as_view(), name="check-settings"),
    path("certificates/<int:pk>/", CertificateView.as_view(), name="certificate"),
]
