"""Measure how far the judge agrees with the people and panels who labelled a corpus. Values in, figures out; reads and writes nothing."""
