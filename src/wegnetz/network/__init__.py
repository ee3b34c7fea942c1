"""Introductions to contact points, workshops and the mixing of groups, network maps."""
