"""Migrations of lightacts."""
