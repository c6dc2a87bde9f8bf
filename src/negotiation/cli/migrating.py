"""`migrate`: the tables of a store on a server, made once before anybody begins a record there."""

from __future__ import annotations

from negotiation.cli.options import command, common, store, store_shown
from negotiation.cli.saying import Look, answer, drawn, say, shown


@command()
@common
def migrate() -> None:
    """Make the tables of a store on a PostgreSQL server, once; where they are, nothing changes.

    Whoever runs it needs the right to make a schema in the database; whoever writes records needs
    only SELECT and INSERT on its tables. A file needs no such preparation.

    \b
      negotiation migrate --store postgresql://owner@db.example.org/records
      negotiation migrate --store 'postgresql://owner@db.example.org/records?schema=itu'

    It needs the extra: pip install 'negotiation[postgres]'.

    Next: `import FILE --store postgresql://…` begins a record there.
    """
    from negotiation.ledger.migrating import migrate as make_tables

    made = make_tables(store())
    if answer({"store": store_shown(), "made": made}):
        return
    where = shown(store_shown())
    if made:
        say(f"{drawn('Made', Look.STRONG)} the tables for records in {where}.")
        say("Next: `negotiation import FILE` begins a record there.")
    else:
        say(f"The tables for records stand in {where}; nothing was changed.")
