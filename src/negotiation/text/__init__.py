"""Words and places; has never heard of a delegate."""
