"""The public zone: masked, published rows only, served by a process that can read nothing else."""
