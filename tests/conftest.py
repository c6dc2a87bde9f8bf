"""What all tests share: how hard hypothesis looks, and where the real drafts stand.

`NEGOTIATION_TEST_PROFILE` chooses among quick (while working), default (CI) and long (over night).
Health checks that measure time are off: a busy machine is not a bug.
"""

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.corpus import CORPUS
from tests.postgres import postgres as postgres
from tests.postgres import postgres_store as postgres_store

pytest.register_assert_rewrite("tests.checks", "tests.given")

_UNTIMED = settings(
    deadline=None,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
)
# What everybody runs draws the same examples every time; the long run draws new ones.
_SAME = settings(_UNTIMED, derandomize=True)
settings.register_profile(
    "quick", _UNTIMED, derandomize=True, max_examples=20, stateful_step_count=20
)
settings.register_profile(
    "default", _UNTIMED, derandomize=True, max_examples=100, stateful_step_count=50
)
settings.register_profile("long", _UNTIMED, max_examples=3000, stateful_step_count=100)
settings.load_profile(os.environ.get("NEGOTIATION_TEST_PROFILE", "default"))


@pytest.fixture
def corpus() -> Path:
    """The folder of real drafts; a test that asks for it is skipped where it is absent."""
    if not CORPUS.is_dir():
        pytest.skip("The real drafts (../shared/corpus) are not beside this checkout.")
    return CORPUS
