"""`export` and `import` of Akoma Ntoso, as somebody types them."""

import json
import re
from pathlib import Path

import pytest

from tests.cli.calls import SHORT, call, done, misused, one_sentence, refused


@pytest.fixture
def out(short):
    done("party FJI Fiji")
    done("propose resolves/2 --words 'each year' --with 'every second year' --for FJI")
    done("remark resolves/2 'between ourselves'")
    return done("export text.xml")


def test_the_file_is_told_of_with_what_is_not_in_it(out):
    assert out.startswith("Wrote text.xml: ")
    assert "Not in the file: 1 note that is not for everybody." in out
    assert "every second year" in Path("text.xml").read_text(encoding="utf-8")


def test_the_same_moment_gives_the_same_bytes(out):
    done("export again.xml --force")
    assert Path("again.xml").read_bytes() == Path("text.xml").read_bytes()


def test_an_earlier_moment_can_be_written(out):
    """As it stood before anything was proposed."""
    entries = call("export first.xml --json --at 3bis").code
    assert entries == 1
    head = len(call("log --json").out.splitlines())
    answer = call(f"export first.xml --json --at {head - 2}").json
    assert answer["at"] == head - 2
    assert answer["lost"] == []
    assert "every second year" not in Path("first.xml").read_text(encoding="utf-8")


def test_a_file_comes_in_as_a_record_of_its_own(out):
    """Words, marks, open points, and who wants what."""
    before = [call(f"text --reading {one} --json").json["clauses"] for one in READINGS]
    said = done("import text.xml --store other.db")
    assert said.startswith("Received DL/3 into other.db: ")
    assert "Not in the record" not in said
    after = [
        call(f"text --reading {one} --json --store other.db").json["clauses"] for one in READINGS
    ]
    assert after == before
    point = next(
        one for one in call("open --json --store other.db").json["open"] if one["sponsors"]
    )
    assert point["sponsors"] == ["FJI"]
    done("verify --store other.db")
    assert "Fiji proposes MOD" in done("log resolves/2 --store other.db")


READINGS = ("marked", "open", "live", "base")


def test_json_tells_what_came_in(out):
    answer = call("import text.xml --store other.db --json").json
    assert answer["clauses"] == len(call("text --json --reading marked").json["clauses"])
    assert answer["lost"] == []
    assert json.dumps(answer)


def test_the_received_file_is_kept_byte_for_byte(out):
    done("import text.xml --store other.db")
    done("export kept.xml --received --store other.db")
    assert Path("kept.xml").read_bytes() == Path("text.xml").read_bytes()


def test_a_record_with_a_text_takes_no_other(out):
    assert "text" in refused("import text.xml")


def test_without_names_nobody_is_named_in_the_file(out):
    done("export public.xml --without-names")
    content = Path("public.xml").read_text(encoding="utf-8")
    for name in ("FJI", "Fiji", "Japan", "rapporteur", "chair", "ourselves"):
        assert name not in content


def test_a_screen_opens_on_it(out):
    """Without a terminal what is open is printed."""
    before = [one["where"] for one in call("open --json").json["open"]]
    answer = call("chair text.xml --json")
    assert [one["where"] for one in answer.json["open"]] == before
    assert Path("text.db").exists()
    assert call("chair text.xml --json").json == answer.json


def test_it_is_no_revision_of_a_text(out):
    """`receive` compares pages; the sentence says what reads the file."""
    assert "`import`" in refused("receive text.xml --as DL/4 --yes")
    assert "`import`" in refused("import --base text.xml", str(SHORT))


def test_one_reading_alone_is_refused(out):
    assert "every reading" in refused("export one.xml --reading base")
    assert not Path("one.xml").exists()


def test_options_that_say_what_the_file_says_are_refused(out):
    assert "leave the options out" in misused("import text.xml --conventions itu --store other.db")


def test_a_file_that_does_not_hold_together_leaves_no_store(out):
    """Its parts can be read, and tell no story that could have been."""
    text = Path("text.xml").read_text(encoding="utf-8")
    Path("odd.xml").write_text(
        re.sub(r'eId="clause_[a-z0-9]+"', 'eId="clause_"', text), encoding="utf-8"
    )
    answer = call("import odd.xml --store other.db")
    assert answer.code == 1
    assert "odd.xml" in one_sentence(answer)
    assert not Path("other.db").exists()


@pytest.mark.parametrize(
    "content", ["<html/>", "no XML at all", "", SHORT.read_text(encoding="utf-8")]
)
def test_another_file_is_refused_and_leaves_no_store(content):
    Path("law.xml").write_text(content, encoding="utf-8")
    answer = call("import law.xml")
    assert answer.code == 1
    assert "law.xml" in one_sentence(answer)
    assert not Path("negotiation.db").exists()
