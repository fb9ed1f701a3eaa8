"""Publishing: runs notebooks and makes pages of them. Moves things; never computes a number."""
