"""How good extraction and linking are: what people wrote against what was found."""
