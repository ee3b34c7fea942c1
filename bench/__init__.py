"""Benchmarks that print their figures as one JSON object: `python -m bench`."""
