"""Ladders of practice as data, and the texts that must land on each rung."""
