"""Migrations of the hearing app."""
