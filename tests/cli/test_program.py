"""The program as a whole: help, versions, exit codes, pipes, and whatever people may type."""

import os
import subprocess
import sys
from pathlib import Path

import click
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from negotiation.cli import main
from negotiation.cli.options import Taught
from negotiation.cli.program import COMMANDS
from negotiation.cli.saying import shown
from tests.cli.calls import SHORT, call, done, misused

ACTS = """
propose support revise-proposal withdraw retain drop merge bracket hold release lift table resolve
revise delete restore park resume agree reopen move position settle remark undo
""".split()
QUESTIONS = "import text open log diff who fate replay export verify chair party meeting".split()


def command_of(name: str) -> click.Command:
    """A command of the program."""
    command = main.get_command(click.Context(main), name)
    assert command is not None
    return command


def run(*said: str, **more) -> subprocess.CompletedProcess[str]:
    """The program in a process of its own."""
    return subprocess.run(
        [sys.executable, "-c", "from negotiation.cli import main; main()", *said],
        capture_output=True,
        text=True,
        check=False,
        encoding="utf-8",
        **more,
    )


@pytest.mark.parametrize("name", [*ACTS, *QUESTIONS])
def test_the_commands_that_the_design_names_are_there(name):
    """Each of them answers."""
    assert name in COMMANDS


@pytest.mark.parametrize("name", list(COMMANDS))
def test_the_help_of_every_command_teaches(name):
    """What it does, an example of itself, and what every option means."""
    said = done(f"{name} --help")
    assert f"  negotiation {name}" in said.split("Options:")[0].split("Usage:", 1)[1]
    command = command_of(name)
    assert isinstance(command, Taught)
    assert command.get_short_help_str(200).endswith(".")
    for param in command.params:
        if isinstance(param, click.Option):
            assert param.help, f"{name} {param.opts}"


def test_the_program_without_a_command_explains_itself():
    """All commands, in sections."""
    said = done("")
    assert "negotiation open" in said
    assert all(f"  {name}  " in said for name in COMMANDS if name != "condition-met")


def test_the_version():
    """As installed."""
    assert done("--version").startswith("negotiation ")


@pytest.mark.parametrize("said", ["frobnicate", "text --frob", "diff", "open x y", "--frob"])
def test_wrong_usage_is_one_sentence_and_exit_code_2(said):
    """With the way to the help."""
    assert "--help` shows how it is used." in misused(said)


def test_control_signs_on_the_command_line_are_refused():
    """They could neither be printed nor recorded."""
    assert "<U+001B>" in misused("text", "\x1b[31m")
    assert "U+DCFF" in misused("import", "caf\udcff.md")


def test_what_the_terminal_gets_is_text():
    """Every control and direction sign is spelled out; letters of all scripts stay."""
    assert shown("a\tb\nc") == "a b<U+000A>c"
    assert shown("البحر «é» – 1 ") == "البحر «é» – 1 "
    assert shown("\u202e\u2066\x9b\x00") == "<U+202E><U+2066><U+009B><U+0000>"


@given(st.text())
def test_nothing_that_is_shown_can_steer_a_terminal(text):
    """Also what nobody thought of: no C0, C1, line separator or direction sign remains."""
    said = shown(text)
    assert not [
        sign
        for sign in said
        if ord(sign) < 32 or 127 <= ord(sign) < 160 or sign in "\u2028\u2029\u202d\u202e\u2067"
    ]


def test_a_reader_who_goes_away_is_no_fault(short, folder):
    """`negotiation log | head` ends quietly."""
    # Enough of a log to fill the pipe after its reader has gone.
    for number in range(3):
        done(f"remark title {'x' * 60000}{number}")
    log = subprocess.Popen(
        [sys.executable, "-c", "from negotiation.cli import main; main()", "log", "--json"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=folder,
    )
    assert log.stdout is not None
    assert log.stderr is not None
    assert log.stdout.readline().startswith(b'{"number":1')
    log.stdout.close()
    assert log.stderr.read() == b""
    log.stderr.close()
    assert log.wait() == 0


def test_a_poor_terminal_gets_numbers_for_letters_it_lacks(short, folder):
    """No letter that cannot be encoded ends in a traceback."""
    poor = os.environ | {"PYTHONIOENCODING": "iso8859-1", "PYTHONUTF8": "0"}
    answer = run("open", env=poor, cwd=folder)
    assert answer.returncode == 0
    assert "\\u201cthat the tables be printed" in answer.stdout


def test_a_process_of_its_own_ends_with_the_right_code(short, folder):
    """0 done, 1 refused, 2 wrong usage; answers on the output, sentences beside it."""
    good, bad, wrong = (
        run("open", cwd=folder),
        run("lift", "9", cwd=folder),
        run("lift", cwd=folder),
    )
    assert (good.returncode, bad.returncode, wrong.returncode) == (0, 1, 2)
    assert good.stderr == bad.stdout == wrong.stdout == ""


def test_a_fault_of_the_program_is_said_in_one_sentence(short, monkeypatch):
    """Without a traceback, unless somebody wants to report it."""
    from negotiation.desk import Desk

    def broken(*_, **__):
        raise ZeroDivisionError("nobody thought of this")

    # On the class: a module that is imported meanwhile would keep a function for ever.
    monkeypatch.setattr(Desk, "open", broken)
    with pytest.raises(ZeroDivisionError):
        call("open")
    monkeypatch.delenv("NEGOTIATION_TRACEBACK")
    answer = call("open")
    assert answer.code == 1
    assert "ZeroDivisionError: nobody thought of this" in answer.err
    assert answer.err.count("\n") == 1


def test_help_and_questions_load_no_more_than_they_need(short, folder):
    """No screen, no matcher of words, no reader of pages for `open`."""
    code = (
        "import sys\n"
        "from negotiation.cli import main\n"
        "try:\n    main(['open'])\nexcept SystemExit:\n    pass\n"
        "print(*sys.modules, file=sys.stderr)"
    )
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=folder
    ).stderr.split()
    unwanted = ("textual", "rich", "rapidfuzz", "hypothesis", "negotiation.papers.intake")
    assert not [name for name in loaded if name.startswith(unwanted)]


# -- whatever people may type ---------------------------------------------------------------------

_WORDS = st.sampled_from(
    "1 2 9 resolves/1 resolves/2 1bis nope J/8/1 ACP J masters captains now now~1 3 DL/3 "
    "as:J marked clean last open close ; a.md '' #2 the#2 -1 2023-03-13 <=2023-03-13".split()
)
_OPTIONS = st.sampled_from(
    sorted(
        {
            option
            for name in COMMANDS
            for param in command_of(name).params
            if isinstance(param, click.Option)
            for option in param.opts
        }
        - {"--store", "--help", "-h"}
    )
)
_TYPED = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=8)


@given(
    st.sampled_from(
        sorted(set(COMMANDS) - {"import", "export", "chair", "follow", "backup", "restore-backup"})
    ),
    st.lists(st.one_of(_WORDS, _OPTIONS, _TYPED), max_size=7),
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_whatever_is_typed_gets_an_answer(tmp_path, name, typed):
    """Exit code 0, 1 or 2; a fault is one line; never a traceback, and the record stays whole."""
    store = tmp_path / "typed.db"
    if not store.exists():
        done("import", str(SHORT), "--store", str(store))
    answer = call(name, *typed, "--store", str(store))
    assert answer.code in (0, 1, 2)
    if answer.code:
        lines = [line for line in answer.err.splitlines() if line]
        assert lines
        assert lines[-1].endswith((".", "?", "!"))
    assert call("verify --store", str(store)).code == 0


def test_every_file_of_the_command_line_is_short():
    """One subject a file, under 400 lines."""
    import negotiation.cli

    folder = Path(negotiation.cli.__file__).parent
    assert max(len(path.read_text().splitlines()) for path in folder.glob("*.py")) < 400
