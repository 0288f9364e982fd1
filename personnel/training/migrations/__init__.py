"""Migrations of training."""
