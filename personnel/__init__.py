"""Officers and their certificates: who may handle a case."""
