"""Radar: the same party, a like item, a near day in another department, shown to both without showing the file."""
