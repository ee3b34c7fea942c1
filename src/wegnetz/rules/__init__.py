"""What the law and the programme pack say. Pure Python: no Django, no clock, no files.

Everything takes frozen dataclasses and dates and returns results with their reasons.
"""
