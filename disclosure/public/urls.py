"""Addresses of the public zone; every one of them is for anybody."""

from django.urls import path

from . import views
from .check_view import check, check_form
from .department_view import department
from .downloads import FORMATS, download
from .feeds import feed
from .item_views import item, items
from .proof_views import proof, script, seals, seals_file
from .verify_view import verify

app_name = "public"
urlpatterns = [
    path("", views.home, name="home"),
    path("decisions/", views.decisions, name="decisions"),
    path("decisions/<uuid:key>/", views.decision, name="decision"),
    path("decisions/<uuid:key>/proof.json", proof, name="proof"),
    path("seals/", seals, name="seals"),
    path("seals/seals.csv", seals_file, name="seals-file"),
    path("seals/verify_proof.py", script, name="seals-script"),
    path("feed.atom", feed, name="feed"),
    *(path(f"decisions.{form}", download, {"form": form}, name=f"download-{form}") for form in FORMATS),
    path("departments/", views.departments, name="departments"),
    path("items/", items, name="items"),
    path("items/<slug:department>/<path:code>/", item, name="item"),
    path("departments/<slug:code>/", department, name="department"),
    path("verify/", verify, name="verify"),
    path("check/", check_form, name="check-form"),
    path("check/<slug:code>/", check, name="check"),
    path("about/", views.about, name="about"),
    path("withdrawn/", views.withdrawn, name="withdrawn"),
    path("preferences/", views.preferences, name="preferences"),
    path("healthz", views.healthz, name="healthz"),
    path("robots.txt", views.robots, name="robots"),
    path("sitemap.xml", views.sitemap, name="sitemap"),
]
