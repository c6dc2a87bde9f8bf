"""The chair's acts on the text, what stands beside it, and undoing."""

from tests.cli.calls import SAMPLE, SAMPLE_BASE, call, done, misused, refused, words_of


def test_revised_by_decision(short):
    """Words change at once, and the answer shows the clause."""
    said = done("revise resolves/2 --words masters --with captains --reason 'plain words'")
    assert "captains" in said
    assert "captains of those" in words_of("resolves/2")
    assert "does not stand in" in refused("revise resolves/2 --words elephants --with x")
    assert "change nothing" in refused("revise resolves/2 --words captains --with captains")


def test_words_that_stand_several_times_are_named_with_their_number(short):
    """Only whole words count where there are any; the answer says how the place is named."""
    done(
        "table --after resolves/2 --label 3 --text 'that a threat to a harbour in infrastructure;'"
    )
    several = refused("revise resolves/3 --words a --with the")
    assert "“a” stands twice in 3" in several
    assert "“a#2”" in several
    done("revise resolves/3 --words a#2 --with the")
    assert words_of("resolves/3") == "that a threat to the harbour in infrastructure;"
    done("revise resolves/3 --words a --with one")
    assert words_of("resolves/3") == "that one threat to the harbour in infrastructure;"
    done("bracket resolves/3 --words in")
    assert "harbour [in] infrastructure" in call("text resolves/3").out
    assert "stands 6 times" in refused("propose resolves/3 --words r --with x --for B")
    done("revise resolves/3 --words infra --with super")
    assert "superstructure" in words_of("resolves/3")


def test_deleted_and_restored(short):
    """Gone from the text, kept in the marked reading, back again."""
    assert "no words in the text" in done("delete resolves/2 --reason 'said twice'")
    assert "~~" in words_of("resolves/2", "--reading marked")
    done("restore resolves/2")
    assert "masters" in words_of("resolves/2")
    assert "stands in the text" in refused("restore resolves/2")


def test_moved(short):
    """Behind another clause, or to the first place; somewhere has to be said."""
    done("move considering/a --after considering/b")
    paths = [one["label"] for one in call("text considering --json").json["clauses"]]
    assert paths == ["", "b)", "a)"]
    done("move considering/a --first")
    assert call("text --json").json["clauses"][0]["label"] == "a)"
    misused("move considering/a")


def test_agreed_reopened_and_agreed_again(short):
    """Exact words at a level; a change ends it; conditions are met one by one."""
    assert "open point" in refused("agree resolves/1")
    done("agree considering/a --condition 'ad referendum: MEX'")
    assert "conditions are: ad referendum: MEX" in refused("condition-met considering/a other")
    done("condition-met considering/a 'ad referendum: MEX'")
    assert "agreed (ad hoc group)" in refused("propose considering/a --sup --for B")
    assert "the ladder is" in refused("agree considering/a --level heaven")
    done("reopen considering/a --ground 'new figures'")
    assert "cannot go to “working group”" in refused("agree considering/a --level 'working group'")
    done("agree considering/a --level 'ad hoc group'")
    done("revise considering/a --words boat --with ship")
    events = [line["event"] for line in call("log considering/a --json").lines]
    assert events[-2:] == ["ClauseReopened", "TextRevised"]


def test_an_editors_change_of_form_leaves_the_agreement(short):
    """Editorial and made by an editor: both are needed."""
    done("agree considering/a")
    done("revise considering/a --words boat --with ship --editorial --as editor")
    assert call("log considering/a --json").lines[-1]["event"] == "TextRevised"
    assert "agreed" in refused("bracket considering/a")


def test_parked_and_resumed(short):
    """A clause is set aside and taken up again."""
    done("park resolves/2 --owner CAN --until Thursday")
    assert "parked already" in refused("park resolves/2 --owner CAN")
    done("resume resolves/2")
    assert "not parked" in refused("resume resolves/2")
    misused("park")


def test_positions_and_remarks(short):
    """What a party says, and what the chair notes, with who may read it."""
    done("position resolves/1 'can accept' --for JPN --point 1 --condition 'if 2 stays'")
    done("remark resolves/1 'over coffee'")
    said, noted = call("log resolves/1 --json").lines[-2:]
    assert (said["fields"]["party"], said["visibility"]) == ("JPN", "group")
    assert (noted["fields"]["words"], noted["visibility"]) == ("over coffee", "chair")
    assert "1 position" in done("open")
    misused("position resolves/1 opposes")
    misused("position resolves/1 adores --for J")


def test_parties_and_meetings(short):
    """Added, listed, opened and closed; acts carry the meeting that is open."""
    done("party MEX Mexico --member A --member B")
    assert "MEX  Mexico (A, B)" in done("party")
    done("meeting open '3rd meeting'")
    assert "“3rd meeting” is open" in done("meeting")
    assert "close it first" in refused("meeting open '4th meeting'")
    done("delete resolves/2")
    assert call("log resolves/2 --json").lines[-1]["act"]["meeting"] == "3rd meeting"
    done("meeting close")
    assert done("meeting") == "No meeting is open.\n"
    assert "No meeting is open" in refused("meeting close")
    misused("meeting open")


def test_undo_and_redo(short):
    """The last act, then the one before; redo gives back in turn; a name for what is undone."""
    before = words_of("resolves/2")
    done("revise resolves/2 --words masters --with captains")
    after = words_of("resolves/2")
    done("delete resolves/2")
    assert "delete clause" in done("undo")
    assert words_of("resolves/2") == after
    done("undo")
    assert words_of("resolves/2") == before
    assert "revise text" in done("redo")
    assert words_of("resolves/2") == after
    done("redo")
    assert call("text resolves/2 --json").code == 0
    assert "no undoing" in refused("redo")
    done("undo")
    assert words_of("resolves/2") == after


def test_an_act_that_others_stand_on_is_not_undone(short):
    """The refusal names what stands on it."""
    done("revise resolves/2 --words masters --with captains")
    act = call("log --json").lines[-1]["number"]
    done("revise resolves/2 --words captains --with skippers")
    assert "stands on it" in refused(f"undo {act}")
    assert "no act “zzz”" in refused("undo zzz")
    assert "is no undoing" in refused(f"redo {act}")
    assert "cannot be undone" in refused("undo 1")


def test_a_clause_is_tabled_without_being_a_proposal(short):
    """Text that is there."""
    done("table --after resolves/2 --label 3 --text 'that the register be printed;'")
    assert words_of("resolves/3") == "that the register be printed;"
    misused("table --symbol X/1 --text a")
    misused("table 1")


def test_an_anomaly_is_settled_once():
    """By its number; accepted or rejected, and then no more."""
    done("import", str(SAMPLE), "--base", str(SAMPLE_BASE))
    listed = call("anomalies --json").json
    assert {"number", "line", "column", "severity", "live", "repair"} <= set(listed["anomalies"][0])
    first = listed["anomalies"][0]["number"]
    misused(f"settle {first}")
    done(f"settle {first} --reject --by 'COM 4'")
    assert "already" in refused(f"settle {first} --accept")
    left = call("anomalies --json").json["anomalies"]
    assert first not in [one["number"] for one in left]
    assert "no anomaly “999”" in refused("settle 999 --accept")


def test_a_reading_is_typed():
    """Neither as printed nor as proposed; it is nobody's change, and an undo takes it back."""
    done("import", str(SAMPLE), "--base", str(SAMPLE_BASE))
    listed = call("anomalies --json").json["anomalies"]
    fault = next(one for one in listed if one["code"] == "joined-words")
    path, number, printed = fault["path"], fault["number"], fault["words"]
    before = words_of(path)
    misused(f"settle {number} --words {printed}")
    misused(f"settle {number} --accept --reads x")
    done(f"settle {number} --words {printed} --reads accessible --as secretariat")
    assert words_of(path) == before.replace(printed, "accessible")
    assert number not in [one["number"] for one in call("anomalies --json").json["anomalies"]]
    done("undo")
    assert words_of(path) == before


def test_a_name_that_fits_several_clauses_is_refused_with_the_list(short):
    """A label that stands under several headings is not guessed; the full path is."""
    sentence = refused("delete 1")
    assert "could be any of 4 clauses" in sentence
    assert "resolves/1 (" in sentence
    done("delete resolves/1bis#2")
    assert words_of("resolves/1bis").endswith("harbour master;]")


def test_what_contradicts_itself_is_misuse():
    """One verdict on an anomaly."""
    done("import", str(SAMPLE), "--base", str(SAMPLE_BASE))
    assert "Say one of these" in misused("settle 1 --accept --reject")
    assert "Say one of these" in misused("settle 1")


def test_a_time_that_is_still_to_come(short):
    """Nothing has happened tomorrow; not later than today's end is an answer."""
    assert "is still to come" in refused("agree considering/a --happened 2099-01-01")
    done("agree considering/a --happened '<=2099-01-01'")


def test_a_party_that_nobody_knew_is_pointed_out_once(short):
    """It may be a slip of the hand; what is on record is said in no note."""
    note = "CUBB takes part for the first time.\n"
    assert call("hold 1 --for CUBB").err == note
    assert call("release 1 --for CUBB").err == ""
    done("party CUB Cuba")
    assert call("hold 1 --for cub").err == ""


def test_a_code_in_other_letters_is_the_same_party(short):
    """It is named more fully, and no second one joins."""
    done("party CUB")
    done("party cub Cuba")
    parties = call("party --json").json["parties"]
    assert [one for one in parties if one["code"].casefold() == "cub"] == [
        {"code": "CUB", "name": "Cuba", "members": []}
    ]
    done("hold 1 --for FJI")
    done("party fji Fiji")
    assert "FJI" in [one["code"] for one in call("party --json").json["parties"]]


def test_what_stands_in_the_way_is_said_in_words(short):
    """Events by the words of the room; a redo says that it was one."""
    done("revise resolves/2 --words masters --with captains")
    done("bracket resolves/2 --words captains")
    done("undo")
    done("undo")
    done("revise resolves/2 --words masters --with skippers")
    said = refused("redo")
    assert "cannot be done again" in said
    assert "undone" not in said.replace("What was undone", "")
