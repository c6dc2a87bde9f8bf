"""Negotiation: what a room did to a text, recorded for ever and read at any moment."""
