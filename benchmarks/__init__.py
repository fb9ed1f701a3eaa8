"""Benchmarks: commands that compare ways side by side in one run and print ratios."""
