"""The record on disk: the only room that knows the event store and its database.

`docs/architecture.md` says which file is about what; others hold a `Ledger` (`ledger.py`).
"""
