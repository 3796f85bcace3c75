"""What scrutiny asks and recommends: each a stream of its own, from asked to closed."""
