"""The picture of what was open over the acts: open points above, bracketed words below, as SVG.

Two panels over one another and not two scales in one: they count different things.
"""

from __future__ import annotations

from collections.abc import Sequence

WIDTH, HEIGHT, GAP = 1000, 44, 8
"""Of one panel, in units of the picture; the page stretches it to its own width."""


def burn_down(points: Sequence[int], words: Sequence[int], versions: Sequence[int]) -> str:
    """Both courses, one place a step, and at which steps a version came in or went out.

    The page moves the line that marks the step shown.
    """
    told = (
        f"Over {len(points)} steps: open points from {_course(points)}; "
        f"words in brackets or undecided from {_course(words)}."
    )
    low = HEIGHT + GAP
    wide = WIDTH / max(len(points), 1)
    lines = "".join(f"M{round((one + 0.5) * wide, 1):g} 0V{low + HEIGHT}" for one in versions)
    return (
        f'<svg id="burn-down" viewBox="0 0 {WIDTH} {2 * HEIGHT + GAP}" '
        'preserveAspectRatio="none" role="img" aria-labelledby="burn-down-told">'
        f'<title id="burn-down-told">{told}</title>'
        f'<path class="points" d="{_area(points, 0)}"/>'
        f'<path class="words" d="{_area(words, low)}"/>'
        f'<path class="ground" d="M0 {HEIGHT}H{WIDTH}M0 {low + HEIGHT}H{WIDTH}"/>'
        f'<path class="versions" d="{lines}"/>'
        f'<line id="here" x1="0" x2="0" y1="0" y2="{2 * HEIGHT + GAP}"/></svg>'
    )


def _course(counts: Sequence[int]) -> str:
    if not counts:
        return "0 to 0"
    return f"{counts[0]} to {counts[-1]}, at most {max(counts)}"


def _area(counts: Sequence[int], top: int) -> str:
    """Steps from the left to the right edge, closed along the ground."""
    most = max([*counts, 1])
    wide = WIDTH / max(len(counts), 1)
    ground = top + HEIGHT
    path = f"M0 {ground}"
    before = None
    for place, count in enumerate(counts):
        if count != before:
            high = round(ground - count / most * (HEIGHT - 2), 1)
            path += f"H{round(place * wide, 1):g}V{high:g}"
            before = count
    return f"{path}H{WIDTH}V{ground}Z"
