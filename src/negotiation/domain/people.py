"""Who takes part, and in which capacity somebody acts.

Parties are known by the code that the body uses (ITU: ``B`` is Brazil), never by ISO codes.
"""

from __future__ import annotations

import enum

import attrs


class Capacity(enum.Enum):
    """In which role a person makes an act."""

    CHAIR = "chair"
    SECRETARIAT = "secretariat"
    DELEGATION = "delegation"
    EDITOR = "editor"
    OBSERVER = "observer"
    """Reads, and makes no act."""
    IMPORT = "import"
    """The rapporteur's hand as a received page shows it; nobody in the room."""


class Visibility(enum.Enum):
    """Who may read an entry."""

    PUBLIC = "public"
    GROUP = "group"
    CHAIR = "chair"
    DELEGATION = "delegation"
    """The delegation on whose behalf it was made, and nobody else."""
    BETWEEN = "between"
    """The chair and the delegation on whose behalf it was made."""


@attrs.frozen
class Party:
    """A delegation or a group of them, by the body's own code."""

    code: str
    name: str = ""
    members: tuple[str, ...] = ()

    @property
    def shown(self) -> str:
        """The name to print; the code where no name is known."""
        return self.name or self.code
