"""Migrations of execution."""
