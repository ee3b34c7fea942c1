"""Find offers and interests by words in any language and script, also when they are written wrongly.

`letters` makes spellings comparable, `words` cuts texts, `closeness` says how near two words are, `vocabulary` finds
the near ones quickly, `texts` ranks texts, `concepts` leads from a word in one language to what it means, `fusion`
makes one list of several, and `offers` puts it together, with reasons. Retrieving and scoring are kept apart, so that
candidates may as well come from a database.
"""
