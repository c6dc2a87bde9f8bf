"""Fields in the text of a Word file: the code is hidden, the outcome printed."""

from __future__ import annotations

import attrs
from lxml import etree

from negotiation.papers.docx.names import W, value


@attrs.define
class Fields:
    """The fields open at a place, the innermost last: whether each still tells its code."""

    broken: frozenset[etree._Element] = frozenset()
    """Beginnings of fields that never come to an outcome or an end: they hide nothing."""
    _codes: list[bool] = attrs.Factory(list)
    _telling: int = 0
    """How many of them tell their code: asked at every word."""

    @classmethod
    def of(cls, root: etree._Element) -> Fields:
        """No field open yet, in this text."""
        begun: list[tuple[etree._Element, bool]] = []
        for one in root.iter(W + "fldChar"):
            kind = value(one, "fldCharType")
            if kind == "begin":
                begun.append((one, True))
            elif kind == "separate" and begun:
                begun[-1] = (begun[-1][0], False)
            elif kind == "end" and begun:
                begun.pop()
        return cls(frozenset(one for one, code in begun if code))

    def meet(self, mark: etree._Element) -> None:
        """Passes the beginning, the middle or the end of a field."""
        kind = value(mark, "fldCharType")
        if kind == "begin" and mark not in self.broken:
            self._codes.append(True)
            self._telling += 1
        elif kind == "separate" and self._codes:
            self._telling -= self._codes[-1]
            self._codes[-1] = False
        elif kind == "end" and self._codes:
            self._telling -= self._codes.pop()

    @property
    def hidden(self) -> bool:
        """Whether this place is inside the code of a field."""
        return self._telling > 0
