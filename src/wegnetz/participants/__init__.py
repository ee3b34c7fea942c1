"""The young people: who they are, what is known about them, and what was decided."""
