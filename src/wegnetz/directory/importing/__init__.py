"""Files with contact points and offers, in the formats of others, as the neutral data of `directory.entries`.

Nothing here knows of tables in a database. `reading.read` is the door; what it raises is worded in `words`.
"""
