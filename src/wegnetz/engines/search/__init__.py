"""Find offers and interests by words in any language and script, also when they are written wrongly.

`letters` makes spellings comparable, `words` cuts texts, `closeness` says how near two words are, `vocabulary` finds
the near ones quickly where they are in memory, `plan` says what to look up where they are in a database, `texts` makes
texts ready and ranks them, `finding` asks a store of texts, `concepts` leads from a word in one language to what it
means, `fusion` makes one list of several, and `offers` puts it together, with reasons.
"""
