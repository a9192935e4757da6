"""The frame around every page, and the posts of the six networks."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from apiflask import APIFlask
from flask import render_template_string
from flask.testing import FlaskClient

from simulator.scoring.vocabulary import Channel
from simulator.web.frame import short_number
from simulator.web.presenters_faces import face_of, initials_of
from simulator.web.presenters_posts import PostView
from simulator.web.presenters_scenes import scene_of
from tests.cast import INES, OMAR, Person

SignIn = Callable[[Person], FlaskClient]
DRAW = '{% from "_parts/post.html" import post with context %}{{ post(view, channel) }}'


def draw(app: APIFlask, view: PostView, channel: Channel) -> str:
    """Return the HTML of one post."""
    with app.test_request_context("/"):
        return render_template_string(DRAW, view=view, channel=channel)


def test_a_page_begins_with_a_way_past_the_header(client: FlaskClient) -> None:
    page = client.get("/library").text
    assert page.index('href="#main"') < page.index("<header")
    assert 'id="main"' in page
    assert '<html lang="en">' in page


@pytest.mark.parametrize(("who", "sees_inbox"), [(INES, False), (OMAR, True)], ids=["learner", "contact"])
def test_hand_overs_stand_in_the_header_of_those_who_answer_them(sign_in: SignIn, who: Person, sees_inbox: bool) -> None:
    assert ('href="/inbox"' in sign_in(who).get("/library").text) is sees_inbox


def test_the_header_says_where_one_is(client: FlaskClient) -> None:
    assert '<a href="/library" aria-current="page">' in client.get("/library").text
    assert '<a href="/library" aria-current="true">' in client.get("/scenarios/swallow-in-the-hem").text


@pytest.mark.parametrize("channel", list(Channel))
def test_a_post_on_every_network_says_who_what_and_when(app: APIFlask, channel: Channel) -> None:
    html = draw(app, PostView(name="Maya R", handle="@mayarr", text="Where <is> my bag", when="14:02", likes=2140), channel)
    assert "Maya R" in html
    assert "Where &lt;is&gt; my bag" in html
    assert "14:02" in html
    assert f"post-{channel.value}" in html


@pytest.mark.parametrize("channel", list(Channel))
def test_our_own_reply_is_marked_in_words(app: APIFlask, channel: Channel) -> None:
    html = draw(app, PostView(name="Skylark Air", handle="@skylarkair", text="On the 17:40.", ours=True, reply=True), channel)
    assert "is-ours" in html
    assert ">you</span>" in html


@pytest.mark.parametrize("channel", [each for each in Channel if each is not Channel.DM])
def test_a_private_message_says_who_reads_it(app: APIFlask, channel: Channel) -> None:
    html = draw(app, PostView(name="Skylark Air", text="Which hotel?", ours=True, reply=True, private=True, to="Maya"), channel)
    assert "Only Maya sees it." in html


def test_stars_are_said_in_words(app: APIFlask) -> None:
    assert "1 of 5 stars" in draw(app, PostView(name="Teresa", text="Cold soup", stars=1), Channel.REVIEW)


def test_a_picture_is_drawn_and_named_by_its_alternative_text(app: APIFlask) -> None:
    html = draw(app, PostView(name="Imani", text="look", image="A suitcase on a carousel"), Channel.PHOTO)
    assert 'role="img" aria-label="A suitcase on a carousel"' in html
    assert "<figcaption>A suitcase on a carousel</figcaption>" in html


@pytest.mark.parametrize(
    ("alt", "motif"), [("a suitcase on a carousel", "bag"), ("an embroidered hem", "cloth"), ("a quiet morning", "land"), ("", "land")]
)
def test_the_words_choose_what_is_in_the_picture(alt: str, motif: str) -> None:
    assert scene_of("x", alt).motif == motif


@pytest.mark.parametrize(
    ("name", "initials"),
    [("Maya R", "MR"), ("teo", "T"), ("@nell_ferreira", "NF"), ("Ana Maria da Luz", "AL"), ("🐦", "·"), ("", "·"), ("李 小龙", "李小")],
)
def test_initials(name: str, initials: str) -> None:
    assert initials_of(name) == initials


def test_the_same_person_has_the_same_face_and_white_letters_can_be_read_on_it() -> None:
    assert face_of("maya", "Maya R") == face_of("maya", "Maya R")
    looks = {(face.ground, face.shade) for face in (face_of(f"person-{number}", "A") for number in range(200))}
    assert len(looks) > 5
    for colour in {each for pair in looks for each in pair}:
        assert _contrast_with_white(colour) >= 4.5


@pytest.mark.parametrize(("number", "words"), [(0, "0"), (999, "999"), (1000, "1K"), (1840, "1.8K"), (12_400, "12K"), (3_100_000, "3.1M")])
def test_counters_are_short(number: int, words: str) -> None:
    assert short_number(number) == words


def _contrast_with_white(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 1.05 / (0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2] + 0.05)
