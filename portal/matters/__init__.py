"""What everything is about: one row for each thing with a life of its own."""
