"""Train the heads: labelled text in, small files of weights with their data sheets out."""
