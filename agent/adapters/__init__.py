"""Thin translations between our ports and the world; nothing about the business is decided here."""
