"""Readers of values: money, percentages, multiples, durations, dates, places and blanks."""
