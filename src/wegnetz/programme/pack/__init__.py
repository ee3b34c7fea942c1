"""Read, check and word a programme pack. No database: files or stored text in, frozen objects out."""
