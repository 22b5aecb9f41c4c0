"""The sample organisation that `manage.py demo` loads."""
