"""The tags of a PDF, which say what each part of a printed page is."""

from io import BytesIO

from pypdf import PdfReader


def tags(node):
    """Every element of the tags, from a node on, in order."""
    node = node.get_object()
    if isinstance(node, list):
        for one in node:
            yield from tags(one)
    elif isinstance(node, dict) and "/S" in node:
        yield node
        if "/K" in node:
            yield from tags(node["/K"])


def all_tags(reader):
    """Every element of a PDF's tags."""
    return list(tags(reader.trailer["/Root"]["/StructTreeRoot"]["/K"].get_object()))


def last_rows_alone(pdf):
    """How many rows each table has whose last one stands on a sheet alone; of three or more."""
    found = []
    for table in all_tags(PdfReader(BytesIO(pdf))):
        if table["/S"] != "/Table":
            continue
        sheets = [on for row in tags(table) if row["/S"] == "/TR" and (on := _sheets(row))]
        if len(sheets) > 2 and not sheets[-1] & sheets[-2]:
            found.append(len(sheets))
    return found


def _sheets(node):
    """The sheets that an element stands on, by the numbers of their objects."""
    found = set()
    for one in tags(node):
        parts = one.get("/K", [])
        parts = parts if isinstance(parts, list) else [parts]
        for part in (one, *(p.get_object() for p in parts)):
            if isinstance(part, dict) and "/Pg" in part:
                found.add(part.raw_get("/Pg").idnum)
    return found
