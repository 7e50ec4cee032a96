"""What the workflows call, and nothing else."""
