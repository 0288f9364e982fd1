"""Migrations of the examinations app."""
