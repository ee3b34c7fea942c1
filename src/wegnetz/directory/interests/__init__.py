"""What a person may want to do, in the words of seventeen languages: groups, concepts, labels and synonyms."""
