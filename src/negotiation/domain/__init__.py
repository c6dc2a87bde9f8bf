"""What can happen in a negotiation, and when it may: events, commands, decide and evolve."""
