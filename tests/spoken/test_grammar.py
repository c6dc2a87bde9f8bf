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
        ("XX add", "is not a party"),
        ("B add x", "in quotation marks"),
        ('B add "x" after', "in quotation marks"),
        ('replace "a"', "Say both"),
        ('B lift "x"', "was not understood"),
        ("USA +; undo", "act of its own"),
        ("in resolves/2", "Say what happens"),
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
