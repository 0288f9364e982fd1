"""Migrations of summary."""
