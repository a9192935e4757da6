"""Know the words every layer shares: story time, ids, refusals, diagnostics, and text that is fit to keep."""
