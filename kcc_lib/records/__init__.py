"""Reading and checking: the only room that opens data files, and it reports every fault."""
