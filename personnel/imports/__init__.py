"""Officers and their certificates from a file: read, checked against the register, written."""
