"""What the judge is given: the words that wait, what is known by then, and what is still expected."""

from simulator.drills.judging import context_of, post_of
from simulator.scoring.vocabulary import Action, Contact
from tests.factories import make_handover
from tests.unit.drills.stage import COLD, Game


def test_before_the_first_word_the_customers_own_lines_are_what_waits() -> None:
    game = Game().start().look("25:00")
    post = post_of(game.world, game.state, game.world.scenario.threads[0])
    assert post.text == "Suitcase still not here and the wedding is on Thursday\nso that's a no then?"
    assert (post.author, post.followers) == ("Maya R", 1840)
    assert post.thread == ("Bo: wow, they really don't answer",)


def test_afterwards_it_is_what_was_written_since_with_the_thread_above_it() -> None:
    game = Game().start().until("01:00")
    game.send(COLD)
    game.look("07:00")
    post = post_of(game.world, game.state, game.world.scenario.threads[0])
    assert post.text == "and now?"
    assert post.thread == (
        "Maya R: Suitcase still not here and the wedding is on Thursday",
        f"Skylark Air: {COLD}",
        "Bo: let's see",
    )


def test_a_bystander_is_answered_when_only_they_wrote_since() -> None:
    game = Game().start().until("26:00")
    game.send()
    game.look("28:00")
    game.send()
    game.look("30:00")
    post = post_of(game.world, game.state, game.world.scenario.threads[0])
    assert (post.text, post.author) == ("same happened to me last year", "Bo")


def test_the_clock_counts_for_the_first_words_only() -> None:
    game = Game().start().until("09:00")
    thread = game.world.scenario.threads[0]
    game.send("", Action.MONITOR)
    first = context_of(game.world, game.state, thread, Action.REPLY_PUBLIC, 600)
    assert (first.elapsed_minutes, first.target_minutes) == (10, 15), "watching is no answer: the clock runs on"
    game.send()
    later = context_of(game.world, game.state, thread, Action.REPLY_PUBLIC, 1200)
    assert (later.elapsed_minutes, later.target_minutes) == (None, None)


def test_it_knows_what_the_player_could_know_and_whom_they_told() -> None:
    game = Game().start().until("01:00")
    thread = game.world.scenario.threads[0]
    game.ask(make_handover())
    before = context_of(game.world, game.state, thread, None, 60)
    assert before.facts == ("Bag SK4471 was in Lisbon at 06:10",)
    game.look("07:00")
    after = context_of(game.world, game.state, thread, None, 420)
    assert (after.told, len(after.facts)) == ((Contact.OPERATIONS,), 3)


def test_what_was_taken_up_need_not_be_taken_up_again() -> None:
    game = Game().start()
    thread = game.world.scenario.threads[0]
    game.send(COLD)
    missed = context_of(game.world, game.state, thread, Action.REPLY_PUBLIC, 60).expected
    game.send("Your suitcase is in Lisbon.")
    met = context_of(game.world, game.state, thread, Action.REPLY_PUBLIC, 120).expected
    assert missed is not None
    assert met is not None
    assert [item.id for item in missed.must_address] == ["bag"]
    assert met.must_address == ()
