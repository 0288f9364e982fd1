"""The penalty case: its data, gates, actions and pages."""
