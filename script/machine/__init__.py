"""What this machine must have and run for the portal: packages, services, processes."""
