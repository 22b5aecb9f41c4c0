"""Signing in and out, one's own pages, and the administrator's; one module for each kind of page."""
