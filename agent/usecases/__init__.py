"""What the product does: one verb per function, from Ports and plain values."""
