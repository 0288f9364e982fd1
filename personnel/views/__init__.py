"""Desk pages of the personnel room."""
