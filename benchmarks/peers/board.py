"""The texts a peer writes down: word lists per clause, for systems that store whole clauses.

It leaves out authors and brackets. It is apart from reference.py on purpose: a peer must not borrow
the judge's pen.
"""

from benchmarks.steps import ClauseAdded, ClauseDropped, ClauseMoved, Step, WordsReplaced


class Board:
    """Clauses in order with their words, moved on step by step."""

    def __init__(self, texts: dict[str, str] | None = None) -> None:
        self.words = {key: text.split(" ") for key, text in (texts or {}).items()}
        self.order = list(self.words)

    def play(self, step: Step) -> str | None:
        """Take one step; the new text of the clause it changed, None if it changed no words."""
        match step:
            case ClauseAdded(key=key, after=after, words=words):
                self.words[key] = list(words)
                self._place(key, after)
                return " ".join(words)
            case WordsReplaced(key=key, index=index, removed=removed, inserted=inserted):
                text = self.words[key]
                text[index : index + len(removed)] = inserted
                return " ".join(text)
            case ClauseDropped(key=key):
                self.order.remove(key)
                del self.words[key]
            case ClauseMoved(key=key, after=after):
                self.order.remove(key)
                self._place(key, after)
            case _:
                pass
        return None

    def _place(self, key: str, after: str | None) -> None:
        self.order.insert(0 if after is None else self.order.index(after) + 1, key)
