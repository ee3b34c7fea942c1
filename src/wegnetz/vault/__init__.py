"""Keys. Knows opaque owner ids and nothing else about the people they stand for."""
