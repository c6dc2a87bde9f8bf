"""The floor, and what is laid over it."""
