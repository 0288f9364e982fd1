"""Examinations: the question bank, papers drawn from it, sittings, marking, results."""
