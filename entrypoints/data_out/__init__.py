"""Everything on the record as data sets for other programs: what there is, and its dictionary."""
