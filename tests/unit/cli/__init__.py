"""Commands say plainly what they did and what is wrong."""
