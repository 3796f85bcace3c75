"""What a benefit is, and everything that can happen to it."""
