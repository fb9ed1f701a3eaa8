"""Words and pictures: formats, sentences, tables and charts made from judgements and figures."""
