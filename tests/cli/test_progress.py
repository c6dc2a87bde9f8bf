"""How open the text was over time, on the command line."""

from tests.cli.calls import SAMPLE, SAMPLE_BASE, call, done, open_points


def test_the_numbers_after_every_act_end_with_those_of_now():
    """Deciding a point lowers the last number; the earlier ones stay."""
    done("import", str(SAMPLE), "--base", str(SAMPLE_BASE))
    before = call("progress --json").json
    assert before["course"][-1]["open_points"] == len(open_points())
    assert (
        before["course"][-1]["words_inside"] == call("open --json").json["numbers"]["words_inside"]
    )
    done("resolve 1 --choose 1")
    after = call("progress --json").json
    assert after["course"][: len(before["course"])] == before["course"]
    assert after["course"][-1]["open_points"] < before["course"][-1]["open_points"]
    assert call("progress --json", "--at", str(before["at"])).json == before


def test_what_is_open_is_told_by_party_by_block_and_by_age():
    """Every open point stands in one block."""
    done("import", str(SAMPLE), "--base", str(SAMPLE_BASE))
    found = call("progress --json").json
    assert sum(part["points"] for part in found["by_block"]) == len(open_points())
    since = [point["since"] for point in found["longest"]]
    assert since == sorted(since)
    told = done("progress")
    assert "By party" in told
    assert "By block" in told
    assert "Open the longest" in told
    assert f"{len(open_points())} open points" in told
