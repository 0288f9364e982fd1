"""The tables of the supervision room."""
