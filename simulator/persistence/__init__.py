"""Remember: tables, transactions and the repositories over them. Rows stay inside; frozen values come out."""
