"""Judgements: labels and reasons from observations. No file, clock, chance or picture."""
