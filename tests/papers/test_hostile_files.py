"""Files that strangers send: one sentence, a bounded cost, nothing fetched, the record untouched.

The heavy ones, and what each costs, are in ``python -m tests.papers.hostile``.
"""

import os
import re
import socket
import subprocess
import unicodedata
import zipfile
from io import BytesIO

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from negotiation.cli import main
from negotiation.papers.docx.package import opened
from negotiation.papers.docx.page import LeftOut
from negotiation.papers.page_in import page_in
from negotiation.papers.page_text import NotReadable
from negotiation.papers.xml_file import NotXml, parsed
from tests.papers import hostile, hostile_archives, hostile_words
from tests.papers.hostile_archives import PLAIN, deflated, parts_of
from tests.papers.word_files import RELATIONS, change, dele, docx, ins, p, r

LIGHT = [one for one in hostile.cases() if not one.heavy]
DRAFT = docx(
    p(r("The Conference,"), style="Normal")
    + p(ins(r("considers [that] "), by="Ann"), dele(r("notes "), by="Ben"), r("and invites"))
    + p(r("x", inside='<w:footnoteReference w:id="2"/>'), mark=change("ins"))
    + f"<w:tbl><w:tr><w:tc>{p(r('in a cell'))}</w:tc></w:tr></w:tbl>"
    + p(
        '<w:commentRangeStart w:id="5"/>',
        r("asked about"),
        '<w:commentRangeEnd w:id="5"/><w:r><w:commentReference w:id="5"/></w:r>',
        ppr='<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>',
    ),
    comments=f'<w:comment w:id="5" w:author="Ann">{p(r("why?"))}</w:comment>',
    footnotes=f'<w:footnote w:id="2">{p(r("a note"))}</w:footnote>',
    styles='<w:style w:type="paragraph" w:styleId="A"><w:name w:val="A"/></w:style>',
    numbering=(
        '<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
        '<w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%1)"/></w:lvl></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
    ),
)
"""A small file with something of everything, to be broken in as many ways as there are."""


@pytest.fixture(autouse=True)
def alone(tmp_path, monkeypatch):
    """A folder of its own; no network, and no program may be started."""

    def refuse(*_args, **_more):
        raise AssertionError("A received file made the program reach outside.")

    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NEGOTIATION_TRACEBACK", "1")
    monkeypatch.delenv("NEGOTIATION_STORE", raising=False)
    for module, name in (
        (socket, "create_connection"),
        (socket.socket, "connect"),
        (socket, "getaddrinfo"),
        (os, "system"),
        (subprocess, "Popen"),
    ):
        monkeypatch.setattr(module, name, refuse)
    return tmp_path


def call(*said: str):
    """The answer to one call; a fault of the program itself is raised."""
    result = CliRunner().invoke(main, said)
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


@pytest.mark.parametrize("case", LIGHT, ids=lambda case: case.name)
def test_each_is_read_or_refused_with_one_sentence(case, alone):
    file = case.put(alone)
    met = call("import", str(file), "--store", "talks.db")
    if case.says:
        assert met.exit_code == 1, met.stdout
        assert re.search(case.says, met.stderr)
        _one_sentence(met)
        assert not (alone / "talks.db").exists()
    else:
        assert met.exit_code == 0, met.stderr
        assert (alone / "talks.db").exists()


@pytest.mark.parametrize("place", ["views.at_that_time.Timeline.extend", "ledger.codec.stored"])
def test_an_import_that_fails_half_way_leaves_no_store(place, alone, monkeypatch):
    """Out of memory while the text is folded, or while it is written."""

    def fail(*_args):
        raise MemoryError

    (alone / "first.docx").write_bytes(DRAFT)
    monkeypatch.setattr(f"negotiation.{place}", fail)
    assert call("import", "first.docx", "--store", "talks.db").exit_code == 1
    assert [one.name for one in alone.iterdir()] == ["first.docx"]


@pytest.mark.parametrize(
    "case",
    [*hostile_archives.damaged(), *list(hostile_archives.tricks())[:6]],
    ids=lambda case: case.name,
)
def test_a_record_that_is_there_stays_as_it_was(case, alone):
    (alone / "first.docx").write_bytes(PLAIN)
    assert call("import", "first.docx").exit_code == 0
    before = (alone / "negotiation.db").read_bytes()
    met = call("receive", str(case.put(alone)), "--yes")
    if case.says:
        assert met.exit_code == 1
        _one_sentence(met)
        assert (alone / "negotiation.db").read_bytes() == before


@pytest.mark.parametrize(
    "case",
    [
        one
        for one in (*hostile_words.people(), *hostile_words.numbers(), *hostile_words.circles())
        if not one.heavy
    ],
    ids=lambda case: case.name,
)
def test_no_control_sign_of_a_file_reaches_the_terminal(case, alone, monkeypatch):
    """In a file or a pipe the direction signs of a text are letters of it; here is a screen."""
    monkeypatch.setattr("negotiation.cli.saying.at_a_terminal", lambda: True)
    assert call("import", str(case.put(alone))).exit_code == 0
    for said in (["text"], ["text", "--reading", "marked"], ["log"], ["who"], ["open"]):
        met = call(*said)
        assert met.exit_code == 0, met.stderr
        # In a pipe the direction signs of a text are letters of it.
        assert _controls(met.output) - (_DIRECTIONS if said[0] == "text" else set()) == set()
        # Nor does a name of a megabyte.
        assert max(map(len, met.output.splitlines()), default=0) < 5_000


_DIRECTIONS = set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def _controls(said: str) -> set[str]:
    kinds = {sign: unicodedata.category(sign) for sign in set(said) - {"\n"}}
    return {sign for sign, kind in kinds.items() if kind == "Cc" or sign in _DIRECTIONS}


def _one_sentence(met) -> None:
    assert met.stdout == ""
    assert met.stderr.count("\n") == 1
    assert met.stderr.endswith(".\n")
    assert ". " not in met.stderr
    assert _controls(met.stderr) == set()


@pytest.mark.parametrize("name", ["bomb, one part", "bomb that lies", "billion laughs"])
def test_a_bomb_is_met_in_little_memory(name, alone, monkeypatch):
    """An address space of a gigabyte is far more than the program needs, and less than a bomb."""
    monkeypatch.undo()
    monkeypatch.setattr(hostile, "MEMORY", 1_000_000_000)
    case = next(one for one in LIGHT if one.name == name)
    met = hostile.meet(case.put(alone), alone / "talks.db")
    assert met.faults(case, alone / "talks.db") == []


def test_what_is_no_file_is_not_waited_for(alone):
    os.mkfifo(alone / "pipe.docx")
    (alone / "folder.docx").mkdir()
    for name, says in (
        ("pipe.docx", "is a pipe"),
        ("folder.docx", "is a directory"),
        (os.devnull, "is a device"),
        ("nowhere.docx", "There is no file"),
    ):
        for said in (["import", name], ["import", name, "--store", "a.db"], ["chair", name]):
            met = call(*said)
            assert met.exit_code == 1
            assert says in met.stderr
            _one_sentence(met)
    assert sorted(path.name for path in alone.iterdir()) == ["folder.docx", "pipe.docx"]


def test_a_file_larger_than_any_draft_is_refused_by_its_size(alone):
    """It is sparse, and would fill the memory were it read."""
    with (alone / "large.docx").open("wb") as file:
        file.write(PLAIN)
        file.truncate(100_000_000_000)
    met = call("import", "large.docx")
    assert met.exit_code == 1
    assert "is 100000 MB and may be 32 MB at most" in met.stderr


def test_what_would_be_fetched_or_run_is_counted():
    rows = "".join(
        f'<Relationship Id="a{number}" Type="{RELATIONS}/{kind}" Target="{target}"{mode}/>'
        for number, (kind, target, mode) in enumerate(
            (
                ("attachedTemplate", "http://192.0.2.1/a.dotm", ' TargetMode="External"'),
                ("image", "http://192.0.2.1/a.png", ' TargetMode="External"'),
                ("image", "http://192.0.2.1/b.png", ' TargetMode="External"'),
                ("image", "media/c.png", ""),
                ("aFChunk", "d.html", ""),
            )
        )
    )
    source = deflated(
        {
            **parts_of(PLAIN),
            "word/_rels/document.xml.rels": f"<Relationships>{rows}</Relationships>",
            "word/vbaProject.bin": b"x",
            "word/activeX/activeX1.xml": "<a/>",
        }
    )
    assert {LeftOut("linked picture", 2), LeftOut("attached template", 1)} <= set(
        opened(source, "a.docx").left_alone()
    )
    assert {one.what for one in opened(source, "a.docx").left_alone()} == {
        "attached template",
        "control",
        "inserted document",
        "linked picture",
        "macro project",
    }


def test_a_relation_never_leads_outside_of_the_file():
    for target in ("../../../etc/passwd", "file:///etc/passwd", "//host/share", "..%2f..%2fa"):
        found = opened(hostile_archives.relation(target), "a.docx").related("word/document.xml")
        assert not any(part == "etc/passwd" or part.startswith("..") for _, part in found.values())


def test_names_of_parts_take_no_notice_of_capitals_and_slashes():
    package = opened(hostile_archives.renamed("Word\\DOCUMENT.xml"), "a.docx")
    assert package.part("word/document.xml") == package.part("WORD/document.XML")
    assert package.part("word/document.xml") is not None


def test_xml_is_read_in_the_encodings_that_it_may_have():
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "iso-8859-1", "windows-1252"):
        said = encoding.removesuffix("-sig")
        source = f"<?xml version='1.0' encoding='{said}'?><a>é</a>".encode(encoding)
        assert parsed(source, "a.xml").text == "é"


def test_xml_has_no_document_type_in_any_encoding():
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"):
        with pytest.raises(NotXml):
            parsed("<!-- a --> <!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>".encode(encoding), "a.xml")


# -- broken at random -----------------------------------------------------------------------------

_FUZZED = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=100)


def _read(source: bytes, name: str = "a.docx") -> None:
    """Read or refused, and nothing else."""
    try:
        page_in(source, name)
    except NotReadable as refusal:
        said = str(refusal)
        assert said.endswith(".")
        assert ". " not in said


@_FUZZED
@given(st.lists(st.tuples(st.integers(0, len(DRAFT) - 1), st.integers(0, 255)), max_size=8))
def test_bytes_that_changed_on_the_way(changes):
    broken = bytearray(DRAFT)
    for at, byte in changes:
        broken[at] = byte
    _read(bytes(broken))


@_FUZZED
@given(st.integers(0, len(DRAFT)), st.integers(0, len(DRAFT)), st.binary(max_size=30))
def test_bytes_that_were_lost_or_came_in(low, high, new):
    _read(DRAFT[:low] + new + DRAFT[high:])


_PARTS = {
    name: held if isinstance(held, bytes) else held.encode()
    for name, held in parts_of(DRAFT).items()
}
_XML = sorted(_PARTS)
_TAGS = re.compile(rb"<[^>]*>")


@_FUZZED
@given(st.data())
def test_parts_that_are_lost_empty_or_each_other(data):
    parts = dict(_PARTS)
    for _ in range(data.draw(st.integers(1, 3))):
        name = data.draw(st.sampled_from(_XML))
        match data.draw(st.sampled_from(("drop", "empty", "swap", "cut"))):
            case "drop":
                parts.pop(name, None)
            case "empty":
                parts[name] = b""
            case "swap":
                parts[name] = _PARTS[data.draw(st.sampled_from(_XML))]
            case _:
                parts[name] = _PARTS[name][: data.draw(st.integers(0, len(_PARTS[name])))]
    _read(deflated(parts))


@_FUZZED
@given(st.data())
def test_elements_that_are_lost_doubled_or_elsewhere(data):
    """The XML stays well-formed, or is refused as damaged."""
    name = data.draw(st.sampled_from(_XML))
    source = _PARTS[name]
    for _ in range(data.draw(st.integers(1, 4))):
        tags = [found.span() for found in _TAGS.finditer(source)]
        (low, high), (other, end) = data.draw(
            st.lists(st.sampled_from(tags), min_size=2, max_size=2)
        )
        match data.draw(st.sampled_from(("drop", "double", "swap", "number", "close"))):
            case "drop":
                source = source[:low] + source[high:]
            case "double":
                source = source[:low] + source[other:end] + source[low:]
            case "swap":
                source = source[:low] + source[other:end] + source[high:]
            case "number":
                value = data.draw(st.sampled_from((b"-1", b"99999999999999999999", b"x", b"")))
                source = source[:low] + re.sub(rb'"\d+"', b'"' + value + b'"', source[low:])
            case _:
                source = source[: high - 1] + b"/>" + source[high:]
        if not _TAGS.search(source):
            break
    _read(deflated({**_PARTS, name: source}))


def test_the_draft_that_is_broken_here_can_be_read():
    with zipfile.ZipFile(BytesIO(DRAFT)) as held:
        assert set(held.namelist()) == set(_XML)
    page_in(DRAFT, "a.docx")
