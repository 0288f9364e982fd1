"""Enforcement subjects (主体资格): who may act, in whose name, within which mandate or empowerment list."""
