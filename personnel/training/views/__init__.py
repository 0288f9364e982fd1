"""Desk pages of training."""
