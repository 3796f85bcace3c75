"""The register: read tables that say how benefits and programmes stand. Rebuilt from the log."""
