"""Addresses of the style guide; used by the tests of the theme alone."""

from django.urls import path

from tests.theme import styleguide

urlpatterns = [
    path("", styleguide.components),
    path("public/", styleguide.public),
    path("form/", styleguide.form),
    path("form/bad/", styleguide.bad_form),
    path("progress/<str:state>/", styleguide.progress),
    path("print/", styleguide.sheet),
    path("error/<str:code>/", styleguide.error),
]
