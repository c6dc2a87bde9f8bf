"""The options that many commands share, and what they mean.

A command says `@common` when it reads a record, `@acting` when it makes an act.
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import attrs
import click

from negotiation.cli.saying import Asked, asked

if TYPE_CHECKING:
    from negotiation.desk import Desk, Hand
    from negotiation.domain.entries import Moment
    from negotiation.views.what_may_be_seen import Viewer

F = TypeVar("F", bound=Callable[..., Any])

DEFAULT_STORE = "negotiation.db"
CAPACITIES = ("chair", "secretariat", "delegation", "editor")
_RECORD = "The record and the output"
_HAND = "Who acts, for whom, where and when"


class Taught(click.Command):
    """A command whose help puts its own options first and the shared ones into sections."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse as usual; whatever is wrong names the command."""
        try:
            return super().parse_args(ctx, args)
        except click.UsageError as fault:
            fault.ctx = fault.ctx or ctx
            raise

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The command's own options, then the shared ones."""
        rows: dict[str, list[tuple[str, str]]] = {"Options": [], _HAND: [], _RECORD: []}
        for param in self.get_params(ctx):
            row = param.get_help_record(ctx)
            if row is not None:
                rows[_SECTION_OF.get(param.name or "", "Options")].append(row)
        for section, found in rows.items():
            if found:
                with formatter.section(section):
                    formatter.write_dl(found)


class Several(Taught, click.Group):
    """A command that is several: ``package form``, ``package take``."""

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The options, then what it can do."""
        super().format_options(ctx, formatter)
        self.format_commands(ctx, formatter)


class Ordered(Taught):
    """A command that keeps the order in which its options were given."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse as usual, and note the order besides."""
        rest = super().parse_args(ctx, list(args))
        _, _, order = self.make_parser(ctx).parse_args(args=list(args))
        ctx.meta[_ORDER] = [param.name for param in order]
        return rest


_ORDER = "negotiation.cli.order"


def in_order(ctx: click.Context, *names: str) -> list[tuple[str, Any]]:
    """The values of these repeatable options, each with its name, in the order they were given."""
    waiting = {name: iter(ctx.params[name] or ()) for name in names}
    return [(name, next(waiting[name])) for name in ctx.meta[_ORDER] if name in waiting]


def command(name: str = "", cls: type[click.Command] = Taught) -> Callable[[F], Any]:
    """A command of this program."""
    return click.command(name or None, cls=cls, context_settings=_SETTINGS)


def several(name: str) -> Callable[[Callable[..., Any]], Several]:
    """A command of this program that is several."""
    return click.group(name, cls=Several, context_settings=_SETTINGS)


_SETTINGS = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


# -- the record and the output --------------------------------------------------------------------


def _keep(ctx: click.Context, param: click.Parameter, value: Any) -> Any:
    if value:
        setattr(ctx.find_root().ensure_object(Asked), param.name or "", value)
    return value


_COMMON = (
    click.option(
        "--store",
        metavar="FILE",
        expose_value=False,
        callback=_keep,
        help="The file of the record, or postgresql://USER@HOST/DATABASE; otherwise "
        "$NEGOTIATION_STORE, otherwise ./negotiation.db.",
    ),
    click.option(
        "--negotiation",
        metavar="ID",
        expose_value=False,
        callback=_keep,
        help="Which negotiation, by id or symbol, when the store holds several; otherwise "
        "$NEGOTIATION_ROOM.",
    ),
    click.option(
        "--json",
        is_flag=True,
        expose_value=False,
        callback=_keep,
        help="Print JSON for programs; notes go to standard error.",
    ),
    click.option(
        "--no-color",
        "plain",
        is_flag=True,
        expose_value=False,
        callback=_keep,
        help="No colours; NO_COLOR says the same.",
    ),
)


def common(function: F) -> F:
    """--store, --negotiation, --json and --no-color."""
    for option in reversed(_COMMON):
        function = option(function)
    return function


def store() -> str:
    """The store that this call works on."""
    return asked().store or os.environ.get("NEGOTIATION_STORE") or DEFAULT_STORE


def room_named() -> str:
    """Which negotiation of the store this call means; empty where nobody said."""
    return asked().negotiation or os.environ.get("NEGOTIATION_ROOM", "")


def store_shown() -> str:
    """The store that this call works on, as it may be shown: without a password."""
    from negotiation.ledger.address import named

    return named(store())


def the_desk() -> Desk:
    """The desk for the record of this call; closed when the call ends."""
    if (handed_in := asked().desk) is not None:
        return handed_in
    from negotiation.desk import Desk

    desk = Desk.open(store(), room_named())
    click.get_current_context().call_on_close(desk.close)
    return desk


def moment_of(desk: Desk, said: str | None) -> int:
    """The entry that WHEN means."""
    from negotiation.domain.refusals import NoSuchThing

    text = ("now" if said is None else said).strip()
    bare = text.removeprefix("now~")
    if bare.isdecimal() and bare.isascii() and len(bare) > 12:
        raise NoSuchThing("entry", text, f"the record ends at entry {desk.timeline.head}")
    try:
        return desk.when(text)
    except (ValueError, OverflowError):
        raise NoSuchThing(
            "moment", text, "say an entry number, a time like 2014-10-28T15:00, or `now~3`"
        ) from None


def at_option(function: F) -> F:
    """--at WHEN."""
    return click.option(
        "--at",
        metavar="WHEN",
        help="As of an entry number, a time, a version's symbol, now or now~3 (acts back).",
    )(function)


def seen_by_option(function: F) -> F:
    """--seen-by WHO."""
    return click.option(
        "--seen-by",
        metavar="WHO",
        help="Only what public, group, chair or this party may read; else all that is here.",
    )(function)


def viewer_of(desk: Desk, said: str | None) -> Viewer:
    """Whose eyes --seen-by means; without it those of the desk."""
    from negotiation.domain.refusals import NoSuchThing
    from negotiation.views.what_may_be_seen import DESK, viewer_named

    if said is None:
        return DESK
    viewer = viewer_named(said, desk.timeline)
    if viewer is None:
        raise NoSuchThing("reader", said, "say public, group, chair or a party of `party`")
    return viewer


# -- who acts -------------------------------------------------------------------------------------


def _note_hand(ctx: click.Context, param: click.Parameter, value: Any) -> Any:
    ctx.meta.setdefault(_WHO, {})[param.name] = value or ""
    return value


_WHO = "negotiation.cli.who"


def _hand_option(*names: str, **more: Any) -> Callable[[F], F]:
    return click.option(*names, expose_value=False, callback=_note_hand, **more)


_CAPACITY = _hand_option(
    "--as", "capacity", type=click.Choice(CAPACITIES), help="In which capacity; chair if not."
)
_ACTING = (
    _hand_option(
        "--by",
        metavar="NAME",
        help="Who decided; otherwise the chair or the party. $NEGOTIATION_TYPIST says who types.",
    ),
    _hand_option("--for", "behalf", metavar="PARTY", help="On whose behalf, by code or name."),
    _CAPACITY,
    _hand_option("--meeting", metavar="NAME", help="Where; otherwise the meeting that is open."),
    _hand_option(
        "--happened",
        metavar="TIME",
        help="When, if not now: 2014-10-28T15:00, or <=2014-10-28 for not later than.",
    ),
)


@attrs.frozen
class Acting:
    """Who acts, as the options say it."""

    by: str = ""
    behalf: str = ""
    capacity: str = ""
    meeting: str = ""
    happened: str = ""
    typist: str | None = None
    """Who types; what $NEGOTIATION_TYPIST says where it is ``None``."""

    def hand(self, behalf: str = "", *, delegation: bool = False) -> Hand:
        """The hand of an act; ``delegation`` says that a party with a name acts by itself."""
        from negotiation.desk import Hand
        from negotiation.domain.people import Capacity

        usual = Capacity.DELEGATION if delegation and behalf else Capacity.CHAIR
        capacity = Capacity(self.capacity) if self.capacity else usual
        own = behalf if capacity is Capacity.DELEGATION and behalf else capacity.value
        return Hand(
            self.by or own,
            os.environ.get("NEGOTIATION_TYPIST", "") if self.typist is None else self.typist,
            behalf,
            capacity,
            self.meeting,
            happened(self.happened) if self.happened else None,
        )


def acting(function: F) -> F:
    """--by, --for, --as, --meeting and --happened, and the common options."""
    function = common(function)
    for option in reversed(_ACTING):
        function = option(function)
    return function


def acting_as(function: F) -> F:
    """The same without --as: the capacity follows from the command."""
    function = common(function)
    for option in reversed(_ACTING):
        if option is not _CAPACITY:
            function = option(function)
    return function


def who_acts() -> Acting:
    """Who acts in this call."""
    given = click.get_current_context().meta.get(_WHO, {})
    return Acting(**{**asked().hand, **{name: said for name, said in given.items() if said}})


def happened(said: str) -> Moment:
    """A time with its bound: ``2014-10-28T15:00``, ``<=2014-10-28``, ``>=2014-10-28``."""
    from negotiation.domain.entries import Bound, Moment

    text, bound = said.strip(), Bound.AT
    for sign, meant in (("<=", Bound.NOT_LATER), (">=", Bound.NOT_EARLIER)):
        if text.startswith(sign):
            text, bound = text.removeprefix(sign).strip(), meant
    try:
        at = dt.datetime.fromisoformat(text)
        if bound is Bound.NOT_LATER and len(text) <= len("2014-10-28"):
            at = at.replace(hour=23, minute=59, second=59)
        return Moment(at if at.tzinfo is not None else at.astimezone(), bound)
    except (ValueError, OverflowError):
        raise click.UsageError(
            f"“{said}” is no time; write it like 2014-10-28T15:00, "
            "or <=2014-10-28 for “not later than”."
        ) from None


_SECTION_OF = {
    **dict.fromkeys(("store", "negotiation", "json", "plain", "help"), _RECORD),
    **dict.fromkeys((field.name for field in attrs.fields(Acting)), _HAND),
}
