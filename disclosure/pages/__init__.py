"""Pages of disclosure beside the queue: the proof of completeness, the official layouts."""
