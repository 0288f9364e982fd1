"""Proofs: every snapshot lies under the daily root of the ledger, and the public can check it without the portal."""
