"""The one door: actions, gates, proposals, reactions."""
