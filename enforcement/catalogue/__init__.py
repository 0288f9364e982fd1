"""Catalogues of a department: items, discretion benchmarks, review list, leniency lists, hearing thresholds."""
