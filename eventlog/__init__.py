"""Every fact, in order, for good. This package knows no benefit."""
