"""Migrations of the register of subjects."""
