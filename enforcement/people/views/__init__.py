"""Pages of people on cases."""
