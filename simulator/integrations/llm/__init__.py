"""Ask a language model for a second opinion on a reply: what is asked, how, and what of the answer may be believed."""
