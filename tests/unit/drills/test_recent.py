"""What a process remembers of runs and old scenarios stays bounded, and the least used goes first."""

from simulator.services.worlds import Recent


def test_what_was_not_used_for_longest_goes() -> None:
    recent: Recent[int] = Recent(2)
    recent.put("a", 1)
    recent.put("b", 2)
    assert recent.get("a") == 1
    recent.put("c", 3)
    assert (recent.get("a"), recent.get("b"), recent.get("c")) == (1, None, 3)


def test_a_newer_value_takes_the_place_of_an_older_one() -> None:
    recent: Recent[int] = Recent(2)
    recent.put("a", 1)
    recent.put("a", 2)
    recent.put("b", 3)
    assert (recent.get("a"), recent.get("b")) == (2, 3)
