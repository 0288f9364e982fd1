"""Addresses of the desk's process; the public zone is another process with addresses of its own."""

from __future__ import annotations

from importlib.util import find_spec

from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

from portal.web.desk_views import to_public

ROOMS = {
    "portal.accounts": "desk/",
    "portal.web": "desk/",
    "portal.deadlines": "desk/calendars/",
    "portal.documents": "desk/documents/",
    "portal.attachments": "desk/attachments/",
    "portal.inbox": "desk/notices/",
    "portal.api": "desk/api/",
    "personnel": "desk/personnel/",
    "personnel.training": "desk/training/",
    "personnel.examinations": "desk/examinations/",
    "personnel.applications": "desk/applications/",
    "personnel.subjects": "desk/subjects/",
    "personnel.cleanup": "desk/cleanup/",
    "enforcement": "desk/",
    "enforcement.catalogue": "desk/catalogue/",
    "enforcement.measures": "desk/measures/",
    "enforcement.people": "desk/people/",
    "enforcement.radar": "desk/radar/",
    "enforcement.completeness": "desk/completeness/",
    "enforcement.review": "desk/review/",
    "enforcement.lightacts": "desk/acts/",
    "disclosure": "desk/disclosure/",
    "supervision": "desk/supervision/",
}

urlpatterns: list[URLPattern | URLResolver] = [
    path("", to_public),
    *(path(prefix, include(f"{room}.urls")) for room, prefix in ROOMS.items() if find_spec(f"{room}.urls") is not None),
    path("admin/", admin.site.urls),
]

handler400 = "portal.web.errors.bad_request"
handler403 = "portal.web.errors.permission_denied"
handler404 = "portal.web.errors.page_not_found"
handler500 = "portal.web.errors.server_error"
