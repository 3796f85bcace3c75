"""Composing a month's report: from the record at a position to everything that is printed."""
