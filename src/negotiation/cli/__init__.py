"""The command line: asks the desk and says what it answers; owns no rules."""

from negotiation.cli.program import main

__all__ = ["main"]
