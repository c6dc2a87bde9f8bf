"""This engine's second row: the same record, opened through its checkpoint, whatever its length."""

import importlib

from benchmarks.ours import Ours


class OursKept(Ours):
    """The engine with a checkpoint beside the store; the past is read when it is asked for."""

    name = "negotiation-checkpoint"
    note = "opened through the checkpoint beside the store, which was written once after the load"

    @classmethod
    def load_libraries(cls) -> None:
        """Import what a long record needs as well, and have every record be long."""
        super().load_libraries()
        for module in ("kept_past", "making_checkpoint", "seals"):
            importlib.import_module(f"negotiation.ledger.{module}")
        from negotiation.ledger import long_records

        long_records.LONG = 1

    def finish_build(self) -> None:
        """Whoever opens a long record first writes the checkpoint."""
        self.open()
        self.close()
