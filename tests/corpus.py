"""Where the real drafts stand that tests read: beside the repository, never in it."""

from pathlib import Path

import pytest

CORPUS = Path(__file__).resolve().parents[2] / "shared" / "corpus"

needs_corpus = pytest.mark.skipif(
    not CORPUS.is_dir(), reason="The real drafts (../shared/corpus) are not beside this checkout."
)


def corpus_file(name: str) -> Path:
    """The path of one real draft; the test that asks is skipped when it is not there."""
    path = CORPUS / name
    if not path.exists():
        pytest.skip(f"The real draft {name} is not in ../shared/corpus beside this checkout.")
    return path
