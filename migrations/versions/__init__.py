"""One module a change. A change that has been released is never edited."""
