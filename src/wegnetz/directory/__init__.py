"""Contact points in the city, their offers, and the interests they answer."""
