"""When things run, and not what they do."""
