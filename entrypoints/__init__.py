"""Every way in: web pages, command line and scheduler."""
