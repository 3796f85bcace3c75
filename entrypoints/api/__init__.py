"""The door for programs: everything that the pages can do, as JSON under /api."""
