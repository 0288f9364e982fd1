"""Pages of examinations."""
