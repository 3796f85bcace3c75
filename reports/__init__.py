"""What the committee is sent."""
