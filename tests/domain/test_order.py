"""The order of the clauses, against a plain list that is copied every time."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from negotiation.domain.order import Order
from negotiation.domain.terms import Placed

_NAMES = st.sampled_from("abcdefgh")
_STEPS = st.lists(
    st.tuples(
        st.integers(0, 30), st.builds(Placed, _NAMES, st.integers(0, 2)), st.just("") | _NAMES
    )
)


def _as_a_list(order: tuple[Placed, ...], placed: Placed, after: str) -> tuple[Placed, ...]:
    rest = [one for one in order if one.clause != placed.clause]
    names = [one.clause for one in rest]
    behind = (names.index(after) + 1 if after in names else len(names)) if after else 0
    return (*rest[:behind], placed, *rest[behind:])


@given(_STEPS)
def test_every_order_stays_what_it_was_whoever_goes_on_from_it(steps):
    """Also from an earlier one, as somebody does who asks what would happen if."""
    made: list[tuple[Order, tuple[Placed, ...]]] = [(Order(), ())]
    for back, placed, after in steps:
        order, plain = made[-1 - back % len(made)]
        made.append((order.with_placed(placed, after), _as_a_list(plain, placed, after)))
    for order, plain in made:
        assert tuple(order) == plain
        assert (len(order), order[:], order[1:-1]) == (len(plain), plain, plain[1:-1])
        assert [order[at] for at in range(-len(order), len(order))] == [*plain, *plain]
        assert list(reversed(order)) == list(reversed(plain))
        assert (order, hash(order)) == (Order(plain), hash(Order(plain)))


def test_there_is_nothing_behind_the_last_clause():
    """Also where another order goes on in the same rows."""
    order = Order([Placed("a")])
    longer = order.with_placed(Placed("b"), "a")
    assert longer[1] == Placed("b")
    assert order != longer
    with pytest.raises(IndexError):
        order[1]
