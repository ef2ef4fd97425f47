"""The desk: a web application in which people read letters and decide about them."""
