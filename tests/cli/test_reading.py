"""Questions to the record: text, open, log, diff, replay, who, fate."""

from pathlib import Path

import pytest

from tests.cli.calls import SHORT, call, done, misused, one_sentence, refused, words_of


def test_every_reading_of_the_text(short):
    """Live with brackets, marked with strikes, base without proposals, as a sponsor has it."""
    assert "[free of charge]" in words_of("resolves/1")
    assert "~~NUUK, 2015~~" in words_of("title", "--reading marked")
    assert "NUUK, 2015" in words_of("title", "--reading base")
    assert "printed once a year" not in done("text --reading base")
    cubans = call("text --reading as:J --json").json["clauses"]
    assert [one["label"] for one in cubans if "bis" in one["label"]] == ["1bis"]
    assert "no reading" in misused("text --reading upside-down")
    assert "Nothing is proposed by" in call("text --reading as:ZZZ").err


def test_the_clean_reading_is_refused_with_the_list(short):
    """Each obstacle with its number."""
    sentence = one_sentence(call("text --reading clean"))
    assert "2 things stand in the way" in sentence
    assert "open point 2, after resolves/1" in sentence


def test_a_heading_means_its_block_and_paths_are_printed(short):
    """One clause, one block, or all."""
    assert len(call("text resolves --json").json["clauses"]) == 5
    lines = done("text --paths").splitlines()
    assert "resolves/1bis#2: 1bis that the tables be kept on line and corrected" in "\n".join(lines)
    assert "no clause “nope”" in refused("text nope")


def test_the_text_at_an_earlier_moment(short):
    """By entry, by acts back, by time; beyond the end is refused."""
    before = done("text")
    done("lift 1")
    assert done("text") != before
    assert done("text --at now~1") == before
    head = len(call("log --json").lines)
    assert done(f"text --at {head - 1}") == before
    assert done("text --at DL/3") == before
    assert "ends at entry" in refused(f"text --at {head + 1}")
    for moment in ("999999999999999999999", "²", "0001-01-01", "yesterday", "now~x"):
        assert "no " in refused("text --at", moment)
    assert "no words to show" in one_sentence(call("text --at 0"))


def test_open_tells_and_counts(short):
    """Numbers, holders and wordings for people; everything in JSON."""
    said = done("open")
    assert "1  resolves/1  contested  since entry" in said
    assert "(2) ACP/11/4 Asia-Pacific 1bis" in said
    answer = call("open --json").json
    assert [one["number"] for one in answer["open"]] == [1, 2]
    assert answer["numbers"]["open_points"] == 2
    done("lift 1")
    done("resolve 1 --choose 1")
    assert done("open") == "Nothing is open.\n"


def test_the_log_is_one_line_an_entry(short):
    """Sentences for people, lines of JSON for programs; from, to, and one clause."""
    done("lift 1 --by 'Ms Chair'")
    lines = call("log --json").lines
    assert [line["number"] for line in lines] == list(range(1, len(lines) + 1))
    assert lines[-1]["event"] == "BracketLifted"
    assert lines[-1]["sentence"].endswith(".")
    assert "Ms Chair" in done("log --from now")
    assert len(call("log --json --from 3 --to 7").lines) == 5
    of_one = call("log resolves/1 --json").lines
    assert {line["path"] for line in of_one} - {""} == {"resolves/1"}
    assert len(of_one) < len(lines)
    document = next(line for line in lines if line["event"] == "DocumentReceived")
    assert "export --received" in document["fields"]["source"]


def test_diff_names_words_and_hands(short):
    """Substance and editing apart, with the entry that made each change."""
    done("revise resolves/2 --words masters --with captains")
    done("revise considering/a --words 'large one;' --with 'large one.' --editorial --as editor")
    said = done("diff now~2")
    assert said.index("Substance") < said.index("resolves/2")
    assert said.index("resolves/2") < said.index("Editing") < said.index("considering/a")
    assert "- “masters”  + “captains”  (chair, entry" in said
    change = call("diff now~2 now resolves/2 --json").json["changes"][0]["changes"][0]
    assert (change["removed"], change["inserted"]) == ("masters", "captains")
    assert "Nothing differs" in done("diff now now")


def test_diff_points_to_words_on_which_obligation_hangs(short):
    """shall and not are never small words."""
    done("revise resolves/1 --words 'the Union' --with 'the Union shall not'")
    assert "! nothing → shall not" in done("diff now~1")


def test_who_names_every_word(short):
    """Base words, presumed ones, insertions, strikes: all of a clause."""
    done("propose resolves/2 --words masters --with captains --for J --symbol J/9/1")
    done("retain J/9/1")
    (clause,) = call("who resolves/2 --json").json["clauses"]
    runs = {run["words"]: run for run in clause["runs"]}
    assert runs["captains"]["inserted"]["credit"]["symbol"] == "J/9/1"
    assert runs["masters"]["struck"][0]["credit"]["symbol"] == "J/9/1"
    said = done("who resolves/2")
    assert "+ “captains”" in said
    assert "- “masters”" in said
    assert "for J/9/1 (J), kept by chair" in said
    assert all(line.strip() for line in done("who").splitlines())


def test_fate_finds_by_symbol_sponsor_and_name(short):
    """One proposal, or all; an unknown one is refused."""
    assert len(call("fate --json").json["proposals"]) == 2
    for name in ("J/8/1", "j/8/1", "J", "Japan"):
        (one,) = call("fate --json", name).json["proposals"]
        assert one["symbol"] == "J/8/1"
    assert "on the table" in done("fate J/8/1")
    assert "no proposal “X/1”" in one_sentence(call("fate X/1"))


@pytest.mark.parametrize(("by", "steps"), [("entry", 3), ("act", 2), ("version", 1)])
def test_replay_goes_by_entry_act_or_version(short, by, steps):
    """Each step with its entries and the clauses before and after."""
    done("lift 1")
    done("resolve 1 --choose 1")
    answers = call(f"replay --json --from now~2 --by {by}").lines
    assert len(answers) == steps
    assert answers[0]["changed"][0]["before"].endswith("[free of charge];")
    assert answers[0]["changed"][0]["after"].endswith("free of charge;")
    assert answers[0]["entries"][0]["sentence"].startswith("Chair lifts the bracket")
    said = done(f"replay --from now~2 --by {by}")
    assert "resolves/1 - 1 that the Union" in said
    assert "no step" in call("replay --from now").err


def test_the_store_is_named_by_option_environment_or_habit(short, monkeypatch):
    """--store before or behind the command, then the environment, then ./negotiation.db."""
    Path("negotiation.db").rename("talks.db")
    assert "no record at negotiation.db" in one_sentence(call("open"))
    assert call("open --store talks.db").code == 0
    assert call("--store talks.db open").code == 0
    monkeypatch.setenv("NEGOTIATION_STORE", "talks.db")
    assert call("open").code == 0
    assert "no record at other.db" in one_sentence(call("open --store other.db"))
    assert call("open --negotiation DL/3").code == 0
    assert "no negotiation “DL/99”" in one_sentence(call("open --negotiation DL/99"))


def test_colour_is_for_terminals_that_want_it(short, monkeypatch):
    """Escape signs only where colour is wanted; the marks are there either way."""
    assert "\x1b[" not in call("text --reading marked").out
    coloured = call("text --reading marked", color=True).out
    assert "\x1b[" in coloured
    assert "~~" in coloured
    plain = call("text --reading marked --no-color", color=True).out
    assert "\x1b[" not in plain
    monkeypatch.setenv("NO_COLOR", "1")
    assert call("text --reading marked", color=True).out == plain
    assert "\x1b[" not in call("open", color=True).out


def test_words_of_a_document_never_reach_the_terminal_as_control(folder, monkeypatch):
    """Escapes, bells and direction overrides of a page are spelled out in every answer."""
    monkeypatch.setattr("negotiation.cli.saying.at_a_terminal", lambda: True)
    page = SHORT.read_text(encoding="utf-8")
    evil = "tide\x1b]0;owned\x07 \x9b31m \u202etables\u202c"
    Path("evil.md").write_text(page.replace("tide tables for", f"{evil} for"), encoding="utf-8")
    done("import evil.md")
    printed = "".join(
        call(said).out
        for said in (
            "text",
            "text --reading marked",
            "text --paths",
            "open",
            "log",
            "who",
            "fate",
            "replay --by entry",
            "diff 0 now",
            "anomalies",
        )
    )
    assert "<U+001B>]0;owned<U+0007>" in printed
    assert not set(printed) & set("\x1b\x07\x9b\u202e\u202c\r")
    assert "\x1b" in call("text resolves/1 --json").json["clauses"][0]["words"]


def test_where_no_terminal_shows_it_a_text_keeps_its_direction_signs(folder):
    """They are letters of an Arabic text, and whoever compares it with another wants them all."""
    page = SHORT.read_text(encoding="utf-8")
    said = "\u202b\u062c\u0632\u0631\u202c"
    Path("right.md").write_text(page.replace("tide tables", f"{said} \x07tables"), encoding="utf-8")
    done("import right.md")
    for reading in ("open", "live", "base", "marked"):
        assert f"{said} <U+0007>tables" in done("text", "--reading", reading)
