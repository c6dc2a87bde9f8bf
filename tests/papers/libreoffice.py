"""Asks LibreOffice what a Word file says: its tracked changes, and what is left of them.

Every call has a profile and a time limit of its own; a file is always asked by a fresh program.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import attrs
from lxml import etree

SOFFICE = shutil.which("soffice")
PYTHON = "/usr/bin/python3"
"""The interpreter that Debian's bridge to LibreOffice (python3-uno) is made for."""
_SECONDS = 120
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_DC = "{http://purl.org/dc/elements/1.1/}"

_BRIDGE = """
import json, sys, time, uno
from com.sun.star.beans import PropertyValue
pipe, path, command = sys.argv[1:]
local = uno.getComponentContext()
make = local.ServiceManager.createInstanceWithContext
resolver = make("com.sun.star.bridge.UnoUrlResolver", local)
for attempt in range(300):
    try:
        context = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        break
    except Exception:
        time.sleep(0.2)
services = context.ServiceManager
desktop = services.createInstanceWithContext("com.sun.star.frame.Desktop", context)
document = desktop.loadComponentFromURL(
    uno.systemPathToFileUrl(path), "_blank", 0, (PropertyValue(Name="Hidden", Value=True),)
)
dispatcher = services.createInstanceWithContext("com.sun.star.frame.DispatchHelper", context)
frame = document.CurrentController.Frame
dispatcher.executeDispatch(frame, command, "", 0, ())
rows = document.Text.createEnumeration()
found = []
while rows.hasMoreElements():
    row = rows.nextElement()
    if row.supportsService("com.sun.star.text.Paragraph"):
        found.append(row.String)
print(json.dumps(found), flush=True)
document.close(True)
try:
    desktop.terminate()
except Exception:
    pass
"""


def usable() -> str:
    """Why LibreOffice cannot be asked; empty where it can."""
    if SOFFICE is None:
        return "LibreOffice (libreoffice-writer-nogui) is not installed."
    asked = subprocess.run([PYTHON, "-c", "import uno"], capture_output=True, check=False)
    return "" if asked.returncode == 0 else "LibreOffice's bridge (python3-uno) is not installed."


def after(content: bytes, command: str) -> list[str]:
    """The words of every paragraph after a command: all changes accepted, or rejected."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "file.docx"
        path.write_bytes(content)
        pipe = f"negotiation{abs(hash(folder))}"
        office = subprocess.Popen(
            [
                *_program(folder),
                f"--accept=pipe,name={pipe};urp;",
                "--norestore",
                "--nologo",
            ],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            answered = subprocess.run(
                [PYTHON, "-c", _BRIDGE, pipe, str(path), command],
                capture_output=True,
                # The bridge may fall over when the office goes away, once all is said.
                check=False,
                timeout=_SECONDS,
            )
        finally:
            office.terminate()
            office.wait(_SECONDS)
    assert answered.stdout, answered.stderr.decode()
    found: list[str] = json.loads(answered.stdout)
    return found


def _program(folder: str) -> list[str]:
    assert SOFFICE is not None
    return [SOFFICE, "--headless", f"-env:UserInstallation=file://{folder}/profile"]


# -- the changes that it reports ------------------------------------------------------------------


@attrs.frozen
class Letter:
    """One character that is not white space, with who inserted and struck it, and when."""

    sign: str
    inserted: tuple[str, str] | None = None
    struck: tuple[str, str] | None = None


def letters(content: bytes) -> list[Letter]:
    """Every letter of the body with its tracked changes, as LibreOffice reads the file."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "file.docx"
        path.write_bytes(content)
        subprocess.run(
            [*_program(folder), "--convert-to", "fodt", "--outdir", folder, str(path)],
            capture_output=True,
            check=True,
            timeout=_SECONDS,
        )
        tree = etree.parse(path.with_suffix(".fodt"))
    body = tree.find(f".//{_OFFICE}text")
    assert body is not None
    regions = {one.get(f"{_TEXT}id"): one for one in body.iter(f"{_TEXT}changed-region")}
    return list(_letters(body, regions, []))


def _letters(element, regions, active: list[str]) -> Iterator[Letter]:
    if element.tag in (f"{_TEXT}tracked-changes", f"{_OFFICE}annotation") or not isinstance(
        element.tag, str
    ):
        return
    name = element.get(f"{_TEXT}change-id")
    if element.tag == f"{_TEXT}change-start":
        active.append(name)
    elif element.tag == f"{_TEXT}change-end":
        active.remove(name)
    yield from _told(element.text, regions, active)
    for one in element:
        yield from _letters(one, regions, active)
        yield from _told(one.tail, regions, active)


def _told(words: str | None, regions, active: list[str]) -> Iterator[Letter]:
    who: dict[str, tuple[str, str]] = {}
    for name in active:
        for kind in ("insertion", "deletion"):
            made = regions[name].find(f"{_TEXT}{kind}/{_OFFICE}change-info")
            if made is not None:
                author = made.findtext(f"{_DC}creator").strip()
                who[kind] = author, made.findtext(f"{_DC}date")[:16]
    for sign in "".join((words or "").split()):
        yield Letter(sign, who.get("insertion"), who.get("deletion"))
