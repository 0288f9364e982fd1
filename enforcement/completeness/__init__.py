"""应归尽归: which numbers of a series are not in the portal, why, and the report of each month."""
