"""An old number in today's text, through the clause that had it."""

from negotiation.domain import commands as do
from negotiation.domain.terms import Kind
from negotiation.views.renumbering import renumbering
from negotiation.views.where_is_it_now import called_then, where_is_it_now
from tests.given import Case, by, instead


def text():
    """Three items of one block and two of another."""
    case = Case().has(do.OpenNegotiation("DL/2", conventions="itu"))
    rows = [
        ("h1", Kind.HEADING, "", "recalling"),
        ("a", Kind.ITEM, "a)", "the tides;"),
        ("b", Kind.ITEM, "b)", "the moon;"),
        ("c", Kind.ITEM, "c)", "the gauges,"),
        ("h2", Kind.HEADING, "", "resolves"),
        ("d", Kind.ITEM, "1", "to measure;"),
        ("e", Kind.ITEM, "2", "to publish."),
    ]
    after = ""
    for name, kind, label, words in rows:
        case.has(do.TableClause(name, kind, label, words, after, int(kind is not Kind.HEADING)))
        after = name
    return case


def now(case, clause, then):
    """What became of a clause."""
    return where_is_it_now(case.timeline, then, clause, case.timeline.head)


def what(found):
    """The things that happened, in order."""
    return [one.what for one in found.happened]


def test_nothing_happened():
    """It is called what it was called."""
    case = text()
    found = now(case, "b", case.timeline.head)
    assert (found.was, found.path, found.stands, found.happened) == (
        "recalling/b",
        "recalling/b",
        True,
        (),
    )


def test_a_label_without_words_stands_as_well():
    """An option, or the stub of a retired number, is not struck because it has no words."""
    case = text()
    case.has(do.TableClause("option", Kind.OPTION, "Option 1", "", "e"))
    found = now(case, "option", case.timeline.head)
    assert (found.stood, found.stands) == (True, True)


def test_numbered_anew_reworded_moved_and_agreed():
    """Each told once, with the last entry that did it."""
    case = text()
    then = case.timeline.head
    case.has(do.DeleteClause("a", "")).has(do.ReviseText("c", (instead("gauges", "meters"),)))
    case.has(renumbering(case.timeline, case.timeline.head).command)
    case.has(do.MoveClause("c", "h1", 1)).has(do.AgreeClause("c", "ad hoc group"))
    found = now(case, "c", then)
    assert (found.was, found.path, found.old_label, found.label) == (
        "recalling/c",
        "recalling/b",
        "c)",
        "b)",
    )
    assert what(found) == ["reworded", "relabelled", "moved", "agreed"]
    assert [one.entry for one in found.happened] == [then + 2, then + 4, then + 5, then + 6]


def test_every_rewording_and_the_end_of_an_agreement_are_told_in_order():
    """Nothing stands for another thing of its kind."""
    case = text()
    then = case.timeline.head
    case.has(do.ReviseText("c", (instead("gauges", "meters"),)))
    case.has(do.AgreeClause("c", "ad hoc group"))
    case.has(do.ReviseText("c", (instead("meters", "poles"),)))
    case.has(do.DeleteClause("c")).has(do.RestoreClause("c")).has(do.DeleteClause("c"))
    case.has(do.MoveClause("b", "h1", 1)).undo()
    found = now(case, "c", then)
    assert what(found) == [
        "reworded",
        "agreed",
        "no longer agreed",
        "reworded",
        "deleted",
        "restored",
        "deleted",
    ]
    assert [one.said for one in found.happened][1:3] == ["ad hoc group", "ad hoc group"]
    assert [one.entry for one in found.happened] == sorted(one.entry for one in found.happened)
    assert what(now(case, "b", then)) == ["moved", "moved"]


def test_what_comes_back_was_lost_before():
    """Taken with a package, and put back when it broke."""
    case = text().has(do.PlaceBracket("x", "a"))
    case.has(do.TableAlternative("x", by("FJI"), "the swell;", "n", "a)"))
    case.has(do.FormPackage("k", "gauges", ("c",), ("x",)))
    then = case.timeline.head
    case.has(do.TakePackage("k", (do.ResolveOpenPoint("x", (do.Choose(2),)),)))
    case.has(do.BreakPackage("k", "FJI", "no"))
    case.has(do.ResolveOpenPoint("x", (do.Choose(2),)))
    assert what(now(case, "a", then)) == ["dropped", "restored", "dropped"]
    assert what(now(case, "c", then)) == ["agreed", "no longer agreed"]


def test_dropped_deleted_and_restored():
    """By a proposal, by the room, and back again."""
    case = text()
    then = case.timeline.head
    case.has(do.ProposeDeletion("a", by("FJI"))).has(do.RetainProposal("p"))
    case.has(do.DeleteClause("b", ""))
    gone = now(case, "a", then)
    assert (gone.stands, gone.stood, what(gone)) == (False, True, ["dropped"])
    assert what(now(case, "b", then)) == ["deleted"]
    case.has(do.RestoreClause("b"))
    assert what(now(case, "b", then)) == ["deleted", "restored"]
    assert not now(case, "a", case.timeline.head).stood


def test_what_people_call_a_clause():
    """A path, a label alone, a number in words, or the verb of its block with a number."""
    moment = text().timeline.moment()

    def called(words):
        return [one.id for one in called_then(moment, words)]

    assert called("recalling/b") == ["b"]
    assert called("b)") == ["b"]
    assert called("paragraph 2") == ["e"]
    assert called("resolves 2") == ["e"]
    assert called("recalling c)") == ["c"]
    assert called("item c)") == ["c"]
    assert called("paragraph 9") == []
    assert called("") == []
    assert called("the moon;") == ["b"]


def test_equal_labels_are_all_candidates():
    """Nothing is guessed."""
    case = text().has(do.TableClause("n", Kind.ITEM, "b)", "the swell;", "b", 1))
    assert [one.id for one in called_then(case.timeline.moment(), "b)")] == ["b", "n"]


def test_new_words_inside_a_clause_are_no_other_clause():
    """A bracket that was settled in other words leaves the clause where it is."""
    case = text().has(do.PlaceBracket("x", "d", do.WordsAt("measure")))
    then = case.timeline.head
    case.has(do.ResolveOpenPoint("x", words="count", new_clause="y"))
    found = now(case, "d", then)
    assert what(found) == ["reworded"]
    assert found.lives_on_in == ()
