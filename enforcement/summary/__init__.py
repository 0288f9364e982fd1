"""The summary procedure: a penalty decided on the spot (处罚法51条至53条)."""
