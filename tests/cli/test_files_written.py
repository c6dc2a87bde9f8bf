"""What a call writes: where it says and nowhere else, and nothing that was there before."""

import json
import os

import pytest

from tests.cli.calls import call, done, refused

pytestmark = pytest.mark.usefixtures("short")


@pytest.mark.parametrize("force", ["", " --force"])
def test_a_device_or_a_pipe_is_never_replaced(folder, force):
    """Not even with --force: other programs need it."""
    os.mkfifo("pipe.md")
    assert "pipe or a device" in refused(f"export pipe.md{force}")
    os.symlink("/dev/null", "null.md")
    assert "pipe or a device" in refused(f"export null.md{force}")
    assert os.readlink("null.md") == "/dev/null"


def test_a_link_to_nowhere_is_kept(folder):
    """It leads to a place that somebody else chose."""
    os.symlink("elsewhere/x.md", "link.md")
    assert "link to nowhere" in refused("export link.md")
    assert os.readlink("link.md") == "elsewhere/x.md"


def test_a_seal_that_cannot_be_written_is_not_recorded(folder):
    """The file comes first; where it cannot be made, nothing happened."""
    refused("seal --to nowhere/x.seal")
    os.symlink("elsewhere/x.seal", "link.seal")
    refused("seal --to link.seal")
    done("seal --to good.seal")
    assert json.loads((folder / "good.seal").read_text())["position"] > 0
    done("verify --seal good.seal")


def test_no_version_is_recorded_whose_files_have_no_place(folder):
    """The root, a link to nowhere, and a folder that only the symbol names and is a link."""
    os.symlink("not-there", "dangling")
    (folder / "other").mkdir()
    os.symlink("other", "R2")
    for said in ("--into /", "--into dangling"):
        refused(f"issue R2 --yes --with-open {said}")
    assert "link to another place" in refused("issue R2 --yes --with-open")
    assert list((folder / "other").iterdir()) == []


def test_a_folder_on_another_disk_takes_the_files(folder, monkeypatch):
    """They are made inside a folder that is there, so that they can be moved at once."""
    (folder / "out").mkdir()
    os.symlink("out", "linked")
    done("issue R2 --yes --with-open --into linked")
    made = sorted(path.name for path in (folder / "out").iterdir())
    assert made
    assert all(name.startswith("R2-") for name in made)


def test_json_holds_no_sign_that_a_terminal_takes_for_control():
    """Escaped, it is the same JSON."""
    said = "a\u202eb\u2066c\u2028d\u200fe"
    done("remark title", said)
    answer = call("notes --json")
    assert not set("\u202e\u2066\u2028") & set(answer.out)
    assert said in json.dumps(answer.json, ensure_ascii=False)
