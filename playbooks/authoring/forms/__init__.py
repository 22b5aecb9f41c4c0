"""Forms of the editor. Each has an editor that turns the stored form of a piece into fields and back."""
