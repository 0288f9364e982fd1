"""The clock: calendars, rule books, facts, obligations derived from them, and the sweep."""
