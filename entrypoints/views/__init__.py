"""What the pages that people read hold: tables, tags and links as plain values."""
