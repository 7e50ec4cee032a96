"""The durable processes, and nothing else."""
