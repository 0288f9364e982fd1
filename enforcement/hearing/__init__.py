"""The hearing before a heavy penalty: asked for, notified, held, recorded (处罚法63条至65条)."""
