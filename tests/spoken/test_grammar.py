"""A line of speech in statements; what is not understood is a sentence that says where."""

import pytest
from hypothesis import given as draw
from hypothesis import strategies as st

from negotiation.domain.refusals import Refusal, Unclear
from negotiation.domain.terms import Stance
from negotiation.spoken.grammar import Quoted, Statement, Verb, parse

PARTIES = {
    "b": "B",
    "brazil": "B",
    "usa": "USA",
    "united states": "USA",
    "cub": "CUB",
    "arb": "ARB",
    "arab states": "ARB",
}


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (
            'B add "as appropriate" after "measures"; USA +; CUB [ ]',
            (
                Statement(Verb.ADD, ("B",), Quoted("as appropriate"), Quoted("measures")),
                Statement(Verb.SUPPORT, ("USA",)),
                Statement(Verb.BRACKET, ("CUB",)),
            ),
        ),
        (
            "brazil INSERT “x” before «y»#2",
            (Statement(Verb.ADD, ("B",), Quoted("x"), Quoted("y", 2), before=True),),
        ),
        ('"a" -> "b"', (Statement(Verb.REPLACE, (), Quoted("b"), Quoted("a")),)),
        ('replace "a" by "b"', (Statement(Verb.REPLACE, (), Quoted("b"), Quoted("a")),)),
        ('USA delete "x"', (Statement(Verb.DELETE, ("USA",), Quoted("x")),)),
        ("USA delete", (Statement(Verb.DELETE, ("USA",)),)),
        ("b/cub + MUS/4/2", (Statement(Verb.SUPPORT, ("B", "CUB"), named=("MUS/4/2",)),)),
        ("Arab States reserves", (Statement(Verb.POSITION, ("ARB",)),)),
        ("united states can accept", (Statement(Verb.POSITION, ("USA",)),)),
        ("chair lift", (Statement(Verb.LIFT, ("chair",)),)),
        ("choose 3 1", (Statement(Verb.CHOOSE, named=("3", "1")),)),
        ("b usa, cub", (Statement(Verb.FLOOR, ("B", "USA", "CUB")),)),
        (
            'in considering further/a: B [ ] "x"',
            (Statement(Verb.BRACKET, ("B",), Quoted("x"), clause="considering further/a"),),
        ),
        (
            'B delete "x" in resolves/2',
            (Statement(Verb.DELETE, ("B",), Quoted("x"), clause="resolves/2"),),
        ),
        (
            'ARB new "that tides be told;" after resolves/2',
            (Statement(Verb.NEW, ("ARB",), Quoted("that tides be told;"), clause="resolves/2"),),
        ),
        (
            'agree ad referendum "the budget" "Iran"',
            (Statement(Verb.AGREE, quoted=(Quoted("the budget"), Quoted("Iran"))),),
        ),
        ("agree first reading", (Statement(Verb.AGREE, named=("first reading",)),)),
        ("undo", (Statement(Verb.UNDO),)),
        ("refer to Committee 4", (Statement(Verb.REFER, named=("Committee 4",)),)),
        (
            'chair refer the text to drafting group: "be quick"',
            (Statement(Verb.REFER, ("chair",), Quoted("be quick"), named=("drafting group",)),),
        ),
        ("refer back", (Statement(Verb.REFER),)),
        ("B refers to COM4", (Statement(Verb.REFER, ("B",), named=("COM4",)),)),
        ("J +", (Statement(Verb.SUPPORT, ("J",)),)),
        ('B/EU can accept "x"', (Statement(Verb.POSITION, ("B", "EU"), Quoted("x")),)),
        ("lift 3", (Statement(Verb.LIFT, named=("3",)),)),
        ('status 2 "soon"', (Statement(Verb.STATUS, words=Quoted("soon"), named=("2",)),)),
        ("B noc resolves/2", (Statement(Verb.NO_CHANGE, ("B",), clause="resolves/2"),)),
        ("USA delete resolves/2", (Statement(Verb.DELETE, ("USA",), clause="resolves/2"),)),
        (
            "in considering further/a B +",
            (Statement(Verb.SUPPORT, ("B",), clause="considering further/a"),),
        ),
        (
            'B [ ] "x" to resolves/2',
            (Statement(Verb.BRACKET, ("B",), Quoted("x"), clause="resolves/2"),),
        ),
    ],
)
def test_what_is_said_is_understood(line, expected):
    """With any quotes, any case, names or codes."""
    found = tuple(one for one in parse(line, PARTIES))
    plain = tuple(Statement(*_row(one)) for one in found)
    assert plain == tuple(Statement(*_row(one)) for one in expected)


def _row(one):
    """A statement without its stance, which has a test of its own."""
    return (one.verb, one.by, one.words, one.beside, one.before, one.clause, one.named, one.quoted)


@pytest.mark.parametrize(
    ("said", "stance"),
    [
        ("B opposes", Stance.OPPOSES),
        ("B -", Stance.OPPOSES),
        ("B can accept", Stance.CAN_ACCEPT),
        ('B red line "unless paid"', Stance.RED_LINE),
    ],
)
def test_stances_are_positions(said, stance):
    """And what follows in quotes is the condition."""
    (one,) = parse(said, PARTIES)
    assert (one.verb, one.stance) == (Verb.POSITION, stance)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ('B add "x', "not closed"),
        ("B ad", "near it are add"),
        ("XX dd", "is not a party"),
        ("UAS +", "near it are usa"),
        ("UNDO USA", "USA"),
        ("B add x", "in quotation marks"),
        ('B add "x" after', "in quotation marks"),
        ('replace "a"', "Say both"),
        ('B lift "x"', "was not understood"),
        ("USA +; undo", "act of its own"),
        ("in resolves/2", "Say what happens"),
        ("B delete ”", "closes no quotation"),
        ("B delete »x«", "closes no quotation"),
        ("USA + [ ]", "a semicolon parts two statements"),
        ("lift the bracket", "“the” was not understood"),
        ("refer", "Say whither"),
        ("refer to", "Say whither"),
        ("refer back to Committee 4", "Say whither"),
        ('refer to Committee 4 "x" "y"', "Say whither"),
        ("undo 57", "“57” was not understood"),
    ],
)
def test_what_is_not_understood_is_said_with_what_would_help(line, told):
    """One sentence."""
    with pytest.raises(Unclear) as answer:
        parse(line, PARTIES)
    assert told in str(answer.value)


@draw(st.text(alphabet='BUSAcubd add"“”«»+[]-> ;:#1/after,.é\n', max_size=40))
def test_any_line_is_statements_or_a_sentence(line):
    """Nothing else is ever raised."""
    try:
        parse(line, PARTIES)
    except Refusal as answer:
        told = str(answer)
    else:
        told = "."
    assert told.endswith((".", "…", ". "))


def _said(one):
    """A statement as somebody would type it."""
    who = "/".join(one.by)
    words = [f"in {one.clause}:" if one.clause else "", who]
    match one.verb:
        case Verb.ADD:
            side = "before" if one.before else "after"
            words += [f"add {_quoted(one.words)} {side} {_quoted(one.beside)}"]
        case Verb.REPLACE:
            words += [f"{_quoted(one.beside)} -> {_quoted(one.words)}"]
        case Verb.FLOOR:
            pass
        case Verb.POSITION:
            words += [one.stance.value, _quoted(one.words)]
        case _:
            words += [one.verb.value, _quoted(one.words), *one.named]
    return " ".join(word for word in words if word)


def _quoted(one):
    if one is None:
        return ""
    return f"“{one.words}”" + (f"#{one.occurrence}" if one.occurrence else "")


_QUOTED = st.builds(
    Quoted,
    st.text(alphabet='ab é;:+[]->#"«1', min_size=1, max_size=8),
    st.integers(0, 12),
)
_BY = st.lists(st.sampled_from(["B", "USA", "CUB", "ARB"]), unique=True, max_size=3).map(tuple)
_CLAUSE = st.sampled_from(["", "resolves/2", "considering further/a"])
_STATEMENTS = st.one_of(
    st.builds(
        Statement, st.just(Verb.ADD), _BY, _QUOTED, _QUOTED, before=st.booleans(), clause=_CLAUSE
    ),
    st.builds(Statement, st.just(Verb.REPLACE), _BY, _QUOTED, _QUOTED, clause=_CLAUSE),
    st.builds(
        Statement,
        st.sampled_from([Verb.DELETE, Verb.BRACKET, Verb.REMARK]),
        _BY,
        st.none() | _QUOTED,
        clause=_CLAUSE,
    ),
    st.builds(
        Statement,
        st.sampled_from([Verb.LIFT, Verb.HOLD, Verb.RELEASE, Verb.CHOOSE, Verb.SUPPORT]),
        _BY,
        named=st.sampled_from([(), ("3",)]),
        clause=_CLAUSE,
    ),
    st.builds(
        Statement,
        st.just(Verb.POSITION),
        _BY,
        st.none() | _QUOTED,
        stance=st.sampled_from([Stance.OPPOSES, Stance.CAN_ACCEPT, Stance.RED_LINE]),
        clause=_CLAUSE,
    ),
    st.builds(Statement, st.just(Verb.FLOOR), _BY.filter(bool)),
)


@draw(st.lists(_STATEMENTS, min_size=1, max_size=3))
def test_what_is_printed_is_read_as_it_was(statements):
    """Whatever signs the quoted words hold; letters behind them are no part of them."""
    assert parse("; ".join(map(_said, statements)), PARTIES) == tuple(statements)
