"""Network maps as other programs read them."""
