"""Who: departments, people, roles, and rights to single matters."""
