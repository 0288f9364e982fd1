"""Addresses of the import under /desk/imports/."""

from __future__ import annotations

urlpatterns: list[object] = []
