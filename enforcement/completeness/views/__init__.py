"""Pages of completeness."""
