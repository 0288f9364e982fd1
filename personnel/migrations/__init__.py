"""The tables of the personnel room."""
