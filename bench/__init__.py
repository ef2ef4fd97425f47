"""Side-by-side measurements: `python -m bench NAME`, the last line of the output is one JSON document."""
