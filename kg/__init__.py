"""Articles go in, statements come out, everything else is a projection of statements."""
