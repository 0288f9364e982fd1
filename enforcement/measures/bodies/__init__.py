"""What each action of measures does, once the door is open."""
