"""What happens by itself: reports when they are due, votes that end, emails that wait."""
