"""信息归集: decided cases come in from files of other systems, row by row."""
