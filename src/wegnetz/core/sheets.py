"""Cells for spreadsheet programs, which take some texts for formulas and run them."""

from __future__ import annotations

from decimal import Decimal

# A cell that begins like this is a formula to them.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def harmless(cell: object) -> object:
    """The cell as it may stand in a CSV file: what would be a formula begins with an apostrophe, and is a text.

    A number is none, even one below 0.
    """
    is_number = isinstance(cell, (int, float, Decimal))
    return f"'{cell}" if str(cell).startswith(FORMULA) and not is_number else cell
