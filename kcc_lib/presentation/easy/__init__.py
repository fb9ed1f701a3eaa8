"""Easy Read: the same facts and judgements in short sentences, large print and pictures."""
