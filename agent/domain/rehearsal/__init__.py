"""Rehearsing a campaign: what people may do with a letter, what it costs to answer, what would go wrong."""
