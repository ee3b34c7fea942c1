"""The door for staff: screens by area. Forms clean, one service acts, a page answers."""
