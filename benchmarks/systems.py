"""The systems by name; a system's file is imported only in the process that runs it."""

import importlib

from benchmarks.system import System

OURS = "negotiation"
OURS_KEPT = "negotiation-checkpoint"

_PLACES = {
    OURS: "benchmarks.ours:Ours",
    OURS_KEPT: "benchmarks.ours_kept:OursKept",
    "eventsourcing": "benchmarks.peers.eventsourced:EventSourced",
    "git": "benchmarks.peers.git:Git",
    "libgit2": "benchmarks.peers.libgit2:LibGit2",
    "sqlite": "benchmarks.peers.temporal:Temporal",
}

NAMES = tuple(_PLACES)
"""Those that install anywhere."""

_OTHERS = {
    "loro": "benchmarks.peers.loro_texts:Loro",
    "automerge": "benchmarks.peers.node_peers:Automerge",
    "yjs": "benchmarks.peers.node_peers:Yjs",
    "diamond-types": "benchmarks.peers.node_peers:DiamondTypes",
    "prosemirror": "benchmarks.peers.node_peers:ProseMirror",
    "etherpad": "benchmarks.peers.node_peers:Etherpad",
}

EVERYBODY = (*NAMES, *_OTHERS)


def find(name: str) -> type[System]:
    """The class of a system."""
    module, _, attribute = (_PLACES | _OTHERS)[name].partition(":")
    found: type[System] = getattr(importlib.import_module(module), attribute)
    return found
