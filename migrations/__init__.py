"""Every change that was made to the shape of the database, in order."""
