"""Migrations of the radar: an index."""
