"""Enforcement: the catalogue of items, acts of every kind, penalty cases, service, import."""
