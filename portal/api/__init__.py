"""The interface for other systems: the same actions, gates and sentences as the forms, as JSON."""
