"""Trying acts on a copy, then making them so or not."""

from pathlib import Path

import pytest

from tests.cli.calls import call, done, misused, open_points, refused, words_of

pytestmark = pytest.mark.usefixtures("short")


def test_nothing_is_written():
    """The answer tells the text, the open points and the changes; the record is as before."""
    before = call("log --json").out
    told = done("what-if 'lift 1' 'resolve 2 --choose 2'")
    assert "Nothing was written. 2 acts tried" in told
    assert "2 open points would become 0" in told
    assert call("log --json").out == before
    answer = call("what-if 'lift 1' 'resolve 2 --choose 2' --json").json
    assert answer["open"] == []
    assert len(answer["settled"]) == 2
    assert "kept on line" in answer["text"]
    assert "printed once a year" not in answer["text"]


def test_numbers_are_those_that_were_printed():
    """Whatever the acts before leave; what one of them settles is not there for the next."""
    told = call("what-if 'resolve 2 --choose 2' 'lift 1' --json").json
    assert told["open"] == []
    assert told["text"] == call("what-if 'lift 1' 'resolve 2 --choose 2' --json").json["text"]
    assert "an act before this one settles it" in refused("what-if 'lift 1' 'lift 1'")


def test_made_so_as_one_act():
    """And taken back by one undo."""
    done("what-if 'lift 1' 'resolve 2 --choose 2' --do")
    assert open_points() == []
    entries = call("log --json").lines
    last = entries[-1]["act"]["id"]
    assert {line["act"]["id"] for line in entries[-4:]} == {last}
    done("undo")
    assert len(open_points()) == 2


def test_everything_that_a_party_asks():
    """Its wording among others, and its proposals; somebody who asks for nothing is told so."""
    done("propose considering/b --words gauge --with 'gauge of any kind' --for J")
    done("what-if --accept Japan --do")
    assert words_of("resolves/1bis").startswith("that the tables be printed")
    assert "gauge of any kind" in words_of("considering/b")
    assert "asks for nothing" in refused("what-if --accept USA")


def test_all_brackets_that_one_party_holds():
    """Not those that another one holds as well."""
    done("hold 1 --for J")
    assert "becomes" not in done("what-if --lift-held-by J")
    done("hold 1 --for USA")
    assert "no bracket that only J holds" in refused("what-if --lift-held-by J")


def test_what_cannot_be_tried():
    """The refusal of an act is the answer to the whole."""
    assert "no open point" in refused("what-if 'lift 1' 'lift 9'")
    misused("what-if")


def test_the_whole_text_reads_as_text_prints_it():
    """Where struck words left two spaces there is one."""
    done("revise resolves/2 --text 'that (Rev. Hull, 2010) stay;'")
    done("propose resolves/2 --words 'Hull, 2010' --with ' Bergen, 2014' --for B --symbol B/1")
    done("retain B/1")
    told = done("what-if 'lift 1' --text")
    assert "that (Rev. Bergen, 2014) stay;" in told
    assert "(Rev. Bergen, 2014)" in call("what-if 'lift 1' --json").json["text"]
    for name in ("x.md", "x.txt"):
        done(f"export {name} --reading open")
        assert "(Rev. Bergen, 2014)" in Path(name).read_text()
    assert words_of("resolves/2", "--reading as:B") == "that (Rev. Bergen, 2014) stay;"
