"""What is computed, such as search folding and pseudonyms. Pure Python: no Django, no clock, no files."""
