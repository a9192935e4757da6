"""Find what the sentences of a draft do: moves with spans, from rules now and from trained heads later."""
