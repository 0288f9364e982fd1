"""Legal review, suspicion of crime and collective deliberation before a decision (处罚法57条、58条)."""
