"""Touch the world outside: the machine's clock and chance now, other services later."""
