"""Figures: how long things take and how much memory they need (`make bench`)."""
