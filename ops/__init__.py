"""Installing, testing and running Parley; nothing here is imported by the application."""
