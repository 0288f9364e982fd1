"""Addresses of disclosure under /desk/."""

from django.urls import path

from disclosure import views
from disclosure.pages.official import OfficialPage
from disclosure.pages.proof import ProofCases, ProofPage

app_name = "disclosure"
urlpatterns = [
    path("", views.DisclosureList.as_view(), name="queue"),
    path("official/", OfficialPage.as_view(), name="official"),
    path("proof/", ProofPage.as_view(), name="proof"),
    path("proof/cases/", ProofCases.as_view(), name="proof-cases"),
    path("<int:pk>/", views.DisclosurePage.as_view(), name="page"),
    path("<int:pk>/mask/", views.MaskingPage.as_view(), name="mask"),
    path("<int:pk>/mask/judge/", views.Judge.as_view(), name="judge"),
    path("<int:pk>/mask/add/", views.Add.as_view(), name="add"),
]
