"""Play a drill over HTTP as a browser without scripts does."""

from __future__ import annotations

from flask.testing import FlaskClient

FERRY, TWO_THREADS = "ferry-sailed-with-the-dog", "one-star-for-the-sky"
THREAD = "biscuit"
TOKEN = "token-of-one-form"
WORDS = "Nell, we sailed without you and with Biscuit: I'm sorry. I've asked operations to radio the ship and write back by 14:45. – Sam"
JSON = {"Accept": "application/json"}
HANDOVER = {
    "to": "operations",
    "what_happened": "We sailed at 14:10 without a family whose tickets were valid. Their dog is alone in the pet lounge.",
    "who_where": "@nell_ferreira, 860 followers, on the quay; her post is spreading.",
    "known_unknown": "Known: the tickets were valid. Not known: is anyone with the dog?",
    "asked": "Please radio the ship and tell me how the dog is. What may I say?",
    "by_when": "14:40",
    "said_so_far": "Nothing yet.",
}


def start(browser: FlaskClient, slug: str = FERRY, **choices: str) -> str:
    """Start a drill; returns the run's address."""
    begun = browser.post("/runs", data={"slug": slug, **choices})
    assert begun.status_code == 303
    return str(begun.location)


def reply_form(**changes: str) -> dict[str, str]:
    """Fill in the reply form: a public reply unless `changes` says otherwise."""
    return {"thread": THREAD, "text": WORDS, "action": "reply_public", "token": TOKEN, **changes}
