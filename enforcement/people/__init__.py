"""People on cases: who must stay out, who takes over, and how the departments stand in officers."""
