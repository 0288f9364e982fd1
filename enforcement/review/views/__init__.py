"""The pages of legal review: queue, one round, the desk of eight points, figures, reviewers and settings."""
