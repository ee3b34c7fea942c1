"""Who saw or did what. Append-only and chained per organisation; written before anything is shown."""
