"""Nothing secret is in any byte that an observer can obtain, whatever is asked for.

The commands are those of the program: a new one is asked as soon as it is there.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from negotiation.cli.program import COMMANDS
from negotiation.ledger.credentials import hashed
from negotiation.ledger.ledger import Ledger
from tests.cli.a_secretive_room import (
    CHAIR,
    CODE,
    FIJI,
    NAME,
    OBSERVER,
    PARTY,
    PRIVATE,
    fill,
    found,
)
from tests.cli.calls import Answer, call

PAPERS = "Documents and the record"
READINGS = ("open", "live", "marked", "base", "clean", "as:P1", "as:FJI")
VIEWERS = ("public", "group", "chair", "FJI", "P1", "P9")
REPORTS = ("fate", "provenance", "summary", "columns", "positions", "remaining", "progress")
FORMS = ("x.md", "x.txt", "x.json", "x.html", "x.docx", "x.xml")

ASKED: dict[str, list[str]] = {
    "text": [
        *(f"text --reading {one}" for one in READINGS),
        "text --paths --json",
        "text --notation",
        "text resolves/3 --reading marked --json",
        "text --at 5",
        "text --at nothing",
        "text nowhere",
        "text --at 99999",
    ],
    "open": ["open", "open --json", *(f"open --json --seen-by {one}" for one in VIEWERS)],
    "anomalies": ["anomalies", "anomalies --json"],
    "log": [
        "log",
        "log --json",
        "log resolves/3",
        "log --from 1 --json",
        *(f"log --json --seen-by {one}" for one in VIEWERS),
    ],
    "follow": ["follow --from 1", "follow --from 1 --json", "follow"],
    "diff": ["diff 0 now", "diff 5 now --json", "diff 0 now resolves/3", "diff x now"],
    "replay": [
        "replay",
        "replay --json",
        "replay --by entry --json",
        "replay --by version",
        "replay --seen-by chair --json",
    ],
    "who": ["who", "who --json", "who resolves/3 --json", "who nobody"],
    "fate": ["fate", "fate --json", "fate P1/1 --json", "fate P1", "fate nobody", "fate FJI"],
    "audit": ["audit", "audit --all --json", "audit --words register --json", "audit resolves/3"],
    "notes": ["notes", "notes --json", *(f"notes --seen-by {one} --json" for one in VIEWERS)],
    "progress": ["progress", "progress --json"],
    "since": [
        "since 0",
        "since 0 --json",
        "since 0 --private --json",
        "since 0 --format md",
        "since 0 --for P1",
        "since 0 --for nobody",
        "since 0 --seen-by chair --json",
    ],
    "report": [
        *(f"report {one} --private --format {form}" for one in REPORTS for form in ("md", "json")),
        *(f"report {one} --format csv" for one in REPORTS),
        *(f"report {one} --seen-by chair --json" for one in REPORTS),
    ],
    "rooms": ["rooms", "rooms --json", "rooms ."],
    "references": ["references", "references --json"],
    "where": ["where resolves/3", "where 'paragraph 3' --json", "where nothing"],
    "agreed": ["agreed", "agreed --json"],
    "rests": ["rests considering/b", "rests considering/b --json", "rests nowhere"],
    "packages": ["packages", "packages --json"],
    "pending": ["pending", "pending --json"],
    "versions": ["versions", "versions --json"],
    "verify": ["verify", "verify --json", "verify page.md", "verify x.md", "verify --root abc"],
    "export": [
        *(f"export {one} --force" for one in FORMS),
        *(f"export {one} --force --without-names --json" for one in FORMS),
        *(f"export {one} --force --reading live" for one in FORMS[::2]),
        *(f"export {one} --force --reading base" for one in FORMS[1::2]),
        *(f"export m.{one} --force --reading marked" for one in ("txt", "docx", "md")),
        *(f"export old.{one} --force --at 40" for one in ("md", "html", "docx", "xml")),
        "export r.md --received",
        "export r.md --received --force --json",
        "export r.md --document base",
        "export r.md --document nothing",
        "export there-is-no/folder.md",
    ],
    "what-if": [
        "what-if --accept P1",
        "what-if --accept P1 --text --json",
        "what-if --lift-held-by P1 --json",
        "what-if 'lift 2' 'resolve 3 --choose 1'",
        "what-if 'lift 2' --do",
        "what-if --accept nobody",
    ],
    "chair": ["chair", "chair --json"],
    "room": ["room"],
    "import": ["import page.md", "import page.md --another"],
    "receive": [
        "receive page.md --dry-run --all",
        "receive page.md --dry-run --all --json",
        "receive page.md --yes",
    ],
    "issue": [
        "issue TC/2 --dry-run",
        "issue TC/2 --dry-run --json",
        "issue TC/2 --yes --into out",
        "issue 'TC/9(Rev.1)' --again --into out",
        "issue 'TC/9(Rev.1)' --withdraw --reason x",
    ],
    "backup": ["backup copy.db", "backup copy.db --json"],
    "restore-backup": ["restore-backup negotiation.db --store other.db"],
    "seal": ["seal", "seal --to a.seal"],
    "key": ["key new a.pem", "key show a.pem"],
    "propose": [
        "propose resolves/1 --for P1 --sup",
        "propose resolves/1 --words daily --with now --for P1 --symbol P1/1",
        "propose nowhere --noc --for P9",
    ],
    "support": ["support P1/1 --for P1", "support nothing --for P1", "support P1 --for P2"],
    "withdraw": ["withdraw P1/1 --for P2", "withdraw P1/2 --for P1"],
    "reintroduce": ["reintroduce P1/1 --for P1"],
    "revise-proposal": [
        "revise-proposal P1/1 --words port --with sea --for P2",
        "revise-proposal P1/1 --words zz --with y --for P1",
    ],
    "retain": ["retain P1", "retain P1/2"],
    "drop": ["drop P1", "drop P1/2"],
    "merge": ["merge P1/2 P1/4", "merge P1 P2"],
    "bracket": ["bracket resolves/1 --words gauges", "bracket resolves/1 --words nothing"],
    "hold": ["hold 1 --for P1", "hold 99 --for P1", "hold x --for P2"],
    "release": ["release 1 --for P1", "release 2 --for P2", "release 3 --for P1"],
    "lift": [f"lift {number}" for number in range(1, 7)],
    "status": ["status 1 x"],
    "reach": ["reach 1 --words gauges"],
    "table": [
        "table 4 --text 'that be so;' --for P1",
        "table 1 --text 'that be so;' --for P1 --symbol P1/1",
    ],
    "resolve": ["resolve 1 --choose 1", "resolve 4 --choose 1", "resolve 5 --choose 9"],
    "revise": [
        "revise considering/b --words gauges --with tides",
        "revise resolves/1 --words gauges --with tides",
        "revise considering/a --words night --with day",
    ],
    "delete": ["delete considering/b", "delete resolves/1"],
    "restore": ["restore resolves/1"],
    "move": [
        "move resolves/1 --after resolves/3",
        "move resolves/1 --first",
    ],
    "relabel": ["relabel resolves/1 9"],
    "renumber": [
        "renumber",
        "renumber --dry-run",
        "renumber --punctuation",
    ],
    "agree": [
        "agree resolves/3",
        "agree considering/b",
        "agree resolves/1 --condition 'pending P1'",
        "agree resolves/1 --heard-by P1,P9",
    ],
    "condition-met": ["condition-met considering/b x"],
    "condition-failed": ["condition-failed considering/b x"],
    "reopen": [
        "reopen considering/b --for P1 --ground x",
        "reopen resolves/1 --ground x",
        "reopen considering/b --for P9 --ground x --dry-run",
    ],
    "park": [
        "park resolves/1 --owner P1",
        "park resolves/1",
        "park --point 1 --owner P1",
    ],
    "resume": ["resume resolves/1", "resume --point 1", "resume --point 2"],
    "refer-back": [
        "refer-back considering/b --to 'working group' --decision x",
    ],
    "correct": [
        "correct considering/b --words gauges --with tides --proof 40",
    ],
    "throughout": [
        "throughout register book --list",
        "throughout register book --all",
    ],
    "package": [
        "package form all --point 1 --point 2",
        "package take 'the Party 1 package'",
        "package agree all",
        "package break all --for P1",
    ],
    "put": ["put 'lift 1'", "put 'agree resolves/1' --question x"],
    "object": ["object 1 --for P1", "object --for P2", "object 2 --for P2"],
    "no-objection": ["no-objection 1 --for P2", "no-objection 1 --for P1"],
    "gavel": ["gavel 1", "gavel 2", "gavel"],
    "drop-question": ["drop-question 1", "drop-question 2"],
    "position": ["position resolves/1 opposes --for P1"],
    "remark": ["remark resolves/1 x"],
    "settle": ["settle 1 --accept", "settle 1 --reject", "settle 99"],
    "say": ["say lift 1", "say agree resolves one", "say P1 holds 1", "say something else"],
    "undo": ["undo", "undo 40", "undo 60", "undo 80", "undo nothing"],
    "redo": ["redo", "redo 90"],
    "party": ["party", "party --json", "party P1 'Another name'", "party NEW"],
    "meeting": ["meeting", "meeting --json", "meeting open x", "meeting close"],
    "handed-in": ["handed-in --at 40", "handed-in --at 60 --json"],
    "admit": ["admit 1", "admit h90", "admit nothing"],
    "decline": ["decline 1 --reason x", "decline h90"],
    "take-back": ["take-back 1", "take-back h90", "take-back 1 --for P1"],
    "accredit": ["accredit Bo --as observer", "accredit Bo --as delegation --for P1"],
    "accreditations": ["accreditations --all", "accreditations --all --json"],
    "revoke": ["revoke a40", "revoke Bo", "revoke ann"],
}
"""What is asked of each command. One that is not here is asked bare, and with --json."""


@pytest.fixture(scope="module")
def the_room(tmp_path_factory: pytest.TempPathFactory) -> Path:
    store = tmp_path_factory.mktemp("room") / "negotiation.db"
    fill(store)
    return store


@pytest.fixture
def room(the_room: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the room in a folder of its own, and a page beside it; nobody waits."""
    monkeypatch.delenv("NEGOTIATION_TRACEBACK")
    monkeypatch.setattr("negotiation.cli.follow._reader_left", lambda seconds: True)
    (folder / "page.md").write_text("DRAFT\n\n1 that the gauges be read;\n")
    shutil.copyfile(the_room, folder / "negotiation.db")
    return folder / "negotiation.db"


def asked(name: str) -> list[str]:
    return [*ASKED.get(name, []), name, f"{name} --json"]


def obtained(room: Path, name: str) -> list[tuple[str, bytes]]:
    """Every byte that a command prints or writes, by what was asked."""
    known = {path: path.stat().st_mtime_ns for path in room.parent.rglob("*")}
    answers: list[tuple[str, bytes]] = []
    for said in asked(name):
        answer: Answer = call(said)
        assert "inside the program" not in answer.err, f"{said}: {answer.err}"
        answers.append((said, answer.out.encode() + answer.err.encode()))
        for path in sorted(room.parent.rglob("*")):
            store = path.name.startswith("negotiation.db")
            if path.is_file() and not store and known.get(path) != path.stat().st_mtime_ns:
                known[path] = path.stat().st_mtime_ns
                content = str(path.relative_to(room.parent)).encode() + b"\n" + path.read_bytes()
                answers.append((f"{said} > {path.name}", content))
                answers.append((f"{said} > {path.name}, packed", path.read_bytes()))
    return answers


@pytest.mark.parametrize("name", COMMANDS)
def test_an_observer_obtains_no_secret(room, name, monkeypatch):
    """Neither what was said in private nor who asked for what, and nothing is written either."""
    monkeypatch.setenv("NEGOTIATION_TOKEN", OBSERVER)
    before = Ledger.open(str(room)).shown(CHAIR).head("n0001")
    leaks = [
        f"{said}: {leak}"
        for said, content in obtained(room, name)
        for leak in found(content, NAME, PRIVATE)
    ]
    assert leaks == []
    assert Ledger.open(str(room)).shown(CHAIR).head("n0001") == before


READS = [name for name, (section, _) in COMMANDS.items() if section in ("Read", PAPERS)]


@pytest.mark.parametrize("name", READS)
def test_a_delegation_obtains_nothing_private_of_another(room, name, monkeypatch):
    """Names it reads, and not what another delegation or the chair keeps for themselves."""
    monkeypatch.setenv("NEGOTIATION_TOKEN", FIJI)
    leaks = [
        f"{said}: {leak}"
        for said, content in obtained(room, name)
        for leak in found(content, PRIVATE)
    ]
    assert leaks == []


WALKS = ("log", "follow", "replay", "accreditations", "since", "whoami", "report", "export")


@pytest.mark.parametrize("name", WALKS)
def test_not_even_the_chair_obtains_what_the_record_keeps_of_a_token(room, name, monkeypatch):
    assert hashed(FIJI).encode() in room.read_bytes()
    monkeypatch.setenv("NEGOTIATION_TOKEN", CHAIR)
    for said, content in obtained(room, name):
        for one in (OBSERVER, FIJI, CHAIR):
            assert hashed(one).encode() not in content, said


def test_the_secrets_are_there_to_be_found(room):
    """At home all of them come out: the search finds what is there, in every form."""
    for said, secrets in (
        ("log --json", (NAME, PRIVATE)),
        ("notes --json", (NAME, PRIVATE)),
        ("text --reading marked", (NAME,)),
        ("fate", (NAME,)),
        ("pending --json", (NAME, PRIVATE)),
        ("party", (NAME,)),
    ):
        out = call(said).out.encode()
        for secret in secrets:
            assert found(out, secret), said
    for form in FORMS:
        assert call(f"export {form} --force").code == 0
        assert found(Path(form).read_bytes(), NAME), form


def test_a_secret_is_found_in_whatever_it_is_wrapped():
    import base64

    said = f"a long story of {PARTY} and its sea".encode()
    packed = [base64.b64encode(b"x" * number + said) for number in (0, 1, 2)]
    for wrapped in (said, said.hex().encode(), *packed):
        assert found(b"before " + wrapped + b" behind", NAME)


def test_an_observer_reads_the_text_and_its_course_all_the_same(room, monkeypatch):
    """With stand-ins that stay the same, by which proposals and points are asked for."""
    monkeypatch.setenv("NEGOTIATION_TOKEN", OBSERVER)
    text = call("text")
    assert text.code == 0
    assert "every port of the region" in text.out
    assert call("fate P1/1 --json").code == 0
    lines = call("log --json").lines
    assert [line["number"] for line in lines] == list(range(1, len(lines) + 1))
    assert any(line["sentence"].startswith("Party 1 proposes MOD P1/") for line in lines)
    assert any(line["sentence"] == "Something that is not for everybody." for line in lines)
    assert call("verify").code == 0
    assert CODE not in call("party").out
