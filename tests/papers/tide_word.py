"""The Word file of the how-to: a draft on tide gauges that three people marked.

`python -m tests.papers.tide_word` writes it anew to fixtures/texts/tide-tracked.docx.
"""

from pathlib import Path

from tests.papers.word_files import change, docx, ins, p, r

FILE = Path(__file__).resolve().parents[2] / "fixtures" / "texts" / "tide-tracked.docx"
JANIN, OKAFOR, LEE = "Janin, Patricia", "Okafor, Ben", "KOR"
MONDAY, LATER, TUESDAY, NOON = (
    f"2025-03-{day}:00Z" for day in ("03T09:01", "03T09:05", "04T15:30", "05T12:00")
)
_STYLES = "".join(
    f'<w:style w:type="paragraph" w:styleId="{id}"><w:name w:val="{name}"/></w:style>'
    for id, name in (("ResNo", "Res_No"), ("Restitle", "Res_title"), ("Call", "Call"))
)
_COMMENT = (
    f'<w:comment w:id="7" w:author="{OKAFOR}" w:date="{NOON}" w:initials="BO"><w:p><w:r>'
    "<w:t>Small harbours may need help.</w:t></w:r></w:p></w:comment>"
)


def _struck(words: str, on: str) -> str:
    run = f'<w:r><w:delText xml:space="preserve">{words}</w:delText></w:r>'
    return change("del", run, by=JANIN, on=on)


def tide() -> bytes:
    """The bytes of the file."""
    body = (
        p(r("RESOLUTION 12"), style="ResNo")
        + p(r("Keeping of tide gauges in harbours"), style="Restitle")
        + p(r("The Harbour Conference,"))
        + p(r("considering"), style="Call")
        + p(r("a)\tthat tides are read by hand in many harbours;"))
        + p(
            r("b)\tthat readings are "),
            _struck("seldom ", MONDAY),
            ins(r("not "), by=JANIN, on=MONDAY),
            r("shared [in time];"),
            mark=ins(by=OKAFOR, on=TUESDAY),
        )
        + p(ins(r("c)\tthat ships wait for them,"), by=OKAFOR, on=TUESDAY))
        + p(r("resolves"), style="Call")
        + p(
            r("1\tthat every harbour "),
            ins(r("["), by=LEE, on=NOON),
            '<w:commentRangeStart w:id="7"/>',
            r("shall"),
            '<w:commentRangeEnd w:id="7"/>',
            ins(r("]"), by=LEE, on=NOON),
            r(" keep a gauge;"),
        )
        + p(
            _struck("2\tthat the tables be printed once a year;", LATER),
            mark=change("del", by=JANIN, on=LATER),
        )
        + p(r("2\tthat the readings be posted in every port."))
    )
    return docx(body, styles=_STYLES, comments=_COMMENT)


if __name__ == "__main__":
    FILE.write_bytes(tide())
