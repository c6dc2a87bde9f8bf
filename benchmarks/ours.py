"""This engine's row: generated steps as its own events, its ledger, its views, its desk."""

from benchmarks.system import System


class Ours(System):
    """The engine."""

    name = "negotiation"

    @classmethod
    def missing(cls) -> str | None:
        """Whether the engine has its desk."""
        return "The engine has no desk yet."
