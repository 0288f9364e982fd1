"""Desk pages of the supervision room."""
