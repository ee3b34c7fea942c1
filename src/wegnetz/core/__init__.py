"""The technical kernel: errors, events, field encryption, reading guards, interface components."""
