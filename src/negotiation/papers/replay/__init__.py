"""A page that replays a negotiation: one file, to be opened in any browser, with no network."""
