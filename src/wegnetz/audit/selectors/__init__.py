"""Read the audit: who opened what of a person, how far the chains have come, and whether all of it is unchanged."""
