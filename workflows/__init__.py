"""Who must agree, who may act and who is told."""
