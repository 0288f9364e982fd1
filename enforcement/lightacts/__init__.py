"""Acts other than penalties: licences, coercion, levies, payments, confirmations, other (WORKFLOWS.md 1)."""
