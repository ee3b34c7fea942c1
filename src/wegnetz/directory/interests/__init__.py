"""What a person may want to do, in the words of sixteen languages: groups, concepts, labels and synonyms."""
