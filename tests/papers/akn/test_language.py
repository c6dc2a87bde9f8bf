"""The language of a text shows in its small words or in its letters, or it does not show."""

import pytest

from negotiation.papers.akn.language import language_of


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("that the masters of those harbours be asked what they miss in the tables", "eng"),
        ("que les capitaines de ces ports soient invités à dire ce qui manque dans les", "fra"),
        ("que se pregunte a los capitanes de los puertos qué falta en las tablas", "spa"),
        ("просит капитанов портов сообщить о приливах и отливах", "rus"),
        ("يطلب من قباطنة الموانئ الإبلاغ عن المد والجزر", "ara"),
        ("请各港口的船长报告潮汐", "zho"),
        ("Ibi portus aestus maris scribunt", "und"),
        ("", "und"),
        ("12 — 14", "und"),
    ],
)
def test_the_six_languages_are_told_apart(text, code):
    assert language_of(text) == code
