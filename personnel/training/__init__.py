"""Training: plans, sessions, class hours and the yearly quota (PX-01)."""
