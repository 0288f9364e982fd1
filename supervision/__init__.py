"""The bureau's supervision of administrative enforcement: alerts, and cases that come of them."""
