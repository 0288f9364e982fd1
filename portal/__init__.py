"""The platform: who, what, record, clock, door, paper; it knows no domain."""
