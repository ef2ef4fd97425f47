"""nanoreach: outreach to nano-influencers, matched by values and approved letter by letter."""
