"""An invented district for the demonstration; installed only where PORTAL_DEMO is on."""
