"""Addresses of the public zone."""

from django.urls import include, path

urlpatterns = [path("", include("disclosure.public.urls"))]
