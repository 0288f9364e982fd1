"""What each action of measures asks."""
