"""The directory given away: each module puts contact points and offers into one format of others.

They read `directory.entries` and nothing else, so nothing of a person can be in what they write. Keys of contact points
have to be unique among those that are given away together, and those of offers within their contact point.
"""
