"""Bound narrative: what people write, filled in from data and tested against it."""
