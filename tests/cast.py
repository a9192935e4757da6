"""Know the people our tests are about: the same few everywhere, so that a name tells what somebody may do."""

from __future__ import annotations

from dataclasses import dataclass

from simulator.scoring.vocabulary import Contact


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with an account. `contact` is the department that a contact answers for."""

    name: str
    email: str
    password: str
    role: str
    contact: Contact | None = None


ADA = Person("Ada Quist", "ada@lantern.example", "quiet-harbour-9-lamps", "admin")
RUTH = Person("Ruth Amadi", "ruth@lantern.example", "seven-green-kettles", "trainer")
INES = Person("Ines Calder", "ines@lantern.example", "paper-boats-at-noon", "learner")
TOLU = Person("Tolu Brandt", "tolu@lantern.example", "orchard-under-snow-4", "learner")
OMAR = Person("Omar Vance", "omar@lantern.example", "night-train-to-gate-2", "contact", Contact.OPERATIONS)
EVERYBODY = (ADA, RUTH, INES, TOLU, OMAR)
