"""What every door does."""
