"""What a machine can see of a PDF against PDF/UA-1 (ISO 14289-1), clause by clause.

No full checker runs here. Each function gives the faults of its clauses, none where all is well.
"""

import re
from itertools import pairwise

from tests.publish.tags import all_tags

#: The types of structure that PDF 1.7 knows (ISO 32000-1, 14.8.4).
KNOWN = set(
    re.findall(
        r"\w+",
        """Document Part Art Sect Div BlockQuote Caption TOC TOCI Index NonStruct Private P H H1 H2
        H3 H4 H5 H6 L LI Lbl LBody Table TR TH TD THead TBody TFoot Span Quote Note Reference
        BibEntry Code Link Annot Ruby RB RT RP Warichu WT WP Figure Formula Form""",
    )
)
#: What may stand in what (14.8.4.3), and what may stand nowhere else.
HOLDS = {"L": {"L", "LI", "Caption"}, "LI": {"Lbl", "LBody"}, "TR": {"TH", "TD"},
         "Table": {"TR", "THead", "TBody", "TFoot", "Caption"},
         "THead": {"TR"}, "TBody": {"TR"}, "TFoot": {"TR"}}  # fmt: skip
WITHIN = {"LI": {"L"}, "Lbl": {"LI"}, "LBody": {"LI"}, "TH": {"TR"}, "TD": {"TR"},
          "TR": {"Table", "THead", "TBody", "TFoot"},
          "Caption": {"Table", "L", "Figure"}}  # fmt: skip
_PAINTS = re.compile(rb"(?:^|.* )(?:f\*?|F|S|s|B\*?|b\*?|sh|Do|Tj|TJ|'|\")$")


def kind(tag):
    return tag["/S"][1:]


def kids(tag):
    """What a tag holds: tags, numbers of content and what else stands in it."""
    held = tag.get("/K", [])
    return [one.get_object() for one in (held if isinstance(held, list) else [held])]


def held_tags(tag):
    return [one for one in kids(tag) if isinstance(one, dict) and "/S" in one]


def attribute(tag, name):
    """An attribute of a tag, or None."""
    held = tag.get("/A", [])
    for one in held if isinstance(held, list) else [held]:
        if name in one.get_object():
            return one.get_object()[name]
    return None


def all_notes(reader):
    return [n.get_object() for page in reader.pages for n in page.get("/Annots", [])]


def drawings(reader):
    """Every drawing with tags, with its number among the tags: of pages, and of what they call."""
    for page in reader.pages:
        yield page["/StructParents"], page.get_contents().get_data(), called(page)
        for form in forms(page).values():
            if b"/MCID" in form.get_data():
                yield form["/StructParents"], form.get_data(), set()


def forms(page):
    found = page["/Resources"].get("/XObject", {}).items()
    return {n: f.get_object() for n, f in found if f.get_object()["/Subtype"] == "/Form"}


def called(page):
    return {n.encode() for n, form in forms(page).items() if b"/MCID" in form.get_data()}


def owners(reader):
    """What content and links belong to, by number."""
    pairs = reader.root_object["/StructTreeRoot"]["/ParentTree"]["/Nums"]
    return dict(zip(pairs[::2], (one.get_object() for one in pairs[1::2]), strict=True))


def of_the_file(reader):
    """5, 6.2, 7.1, 7.2, 7.16 and what no report has: said of the file as a whole."""
    root, told = reader.root_object, reader.xmp_metadata
    asked = {
        # that it conforms is for a full checker to say, and people
        "5: claims nothing": b"pdfuaid" not in root["/Metadata"].get_data(),
        "7.1: tagged": bool(root["/MarkInfo"]["/Marked"]),
        "7.1: no doubtful tags": not root["/MarkInfo"].get("/Suspects"),
        "7.1: has a title and shows it": bool(told.dc_title)
        and bool(root["/ViewerPreferences"]["/DisplayDocTitle"]),
        "7.2: has a language": root["/Lang"] == "en-GB",
        "7.16: is not locked": not reader.is_encrypted,
        "7.10, 7.11, 7.19: no layers, files, scripts": not {"/OCProperties", "/AA"} & set(root)
        and not {"/EmbeddedFiles", "/JavaScript"} & set(root.get("/Names", {})),
    }  # fmt: skip
    return [what for what, holds in asked.items() if not holds]


def of_types(tags, root):
    """7.1: every type is one of PDF 1.7, or is mapped to one."""
    roles = {n[1:]: to[1:] for n, to in root.get("/RoleMap", {}).items()}
    faults = [f"{n} is known and mapped" for n in roles if n in KNOWN]
    return faults + sorted({kind(t) for t in tags if roles.get(kind(t), kind(t)) not in KNOWN})


def of_places(tags):
    """7.2: lists and tables are made of what they are made of, and of nothing else."""
    faults = []
    for tag in tags:
        name, held = kind(tag), held_tags(tag)
        if name in HOLDS and len(held) < len(kids(tag)):
            faults.append(f"{name} holds content")
        faults += [f"{name} holds {kind(one)}" for one in held
                   if name in HOLDS and kind(one) not in HOLDS[name]]  # fmt: skip
        faults += [f"{kind(one)} within {name}" for one in held
                   if name not in WITHIN.get(kind(one), {name})]  # fmt: skip
        faults += [f"a {kind(one)} whose parent is another" for one in held
                   if one["/P"].get_object() is not tag]  # fmt: skip
        faults += ["a Caption in the middle" for one in held[1:-1] if kind(one) == "Caption"]
    return faults


def of_content(reader):
    """7.1: all that is drawn is tagged or an artifact, never both; each tag has what it says."""
    owner, faults, seen = owners(reader), [], 0
    for number, drawing, own in drawings(reader):
        open_marks, found = [], set()
        for line in drawing.split(b"\n"):
            if line.endswith((b"BDC", b"BMC")):
                tagged = re.search(rb"/MCID (\d+)", line)
                if tagged:
                    found.add(int(tagged[1]))
                if open_marks and (tagged or line.startswith(b"/Artifact")):
                    faults.append(f"{number}: {line!r} within {open_marks[-1]!r}")
                open_marks.append(line)
            elif line == b"EMC":
                open_marks.pop()
            elif _PAINTS.match(line):
                tagged_call = line.endswith(b" Do") and line.split()[0] in own
                if tagged_call is bool(open_marks):
                    faults.append(f"{number}: {line!r} has no mark, or one too many")
        owned = {n for n, one in enumerate(owner[number]) if isinstance(one.get_object(), dict)}
        faults += [f"{number}: tags {owned ^ found}"] if owned != found or open_marks else []
        seen += len(found)
    told = sum(isinstance(one, int) or one.get("/Type") == "/MCR"
               for tag in all_tags(reader) for one in kids(tag))  # fmt: skip
    return faults + ([f"{told} parts of tags, {seen} of drawings"] if told != seen else [])


def of_owners(reader):
    """7.1: what content is said to belong to holds it."""
    owner, faults = owners(reader), []
    for page in reader.pages:
        for number, one in enumerate(owner[page["/StructParents"]]):
            tag = one.get_object()
            if not isinstance(tag, dict):
                continue
            parts = [{"/MCID": k} if isinstance(k, int) else k for k in kids(tag)]
            on = [k for k in parts if k.get("/MCID") == number and "/Stm" not in k]
            if not any(k.get("/Pg", tag.get("/Pg")).get_object() == page for k in on):
                faults.append(f"page {page.page_number + 1}: {kind(tag)} does not hold {number}")
    return faults


def of_figures(tags, reader):
    """7.3: a figure has words for it, and stands within its page."""
    faults, width, height = [], *(float(side) for side in reader.pages[0].mediabox[2:])
    for tag in tags:
        if kind(tag) == "Figure":
            left, bottom, right, top = attribute(tag, "/BBox") or (0, 0, 0, 0)
            within = 0 <= left < right <= width and 0 <= bottom < top <= height
            if not tag.get("/Alt") or not within:
                faults.append(f"{tag.get('/Alt')}: {left} {bottom} {right} {top}")
    return faults


def of_headings(tags):
    """7.4: numbered headings, from the first level on, and none is skipped."""
    levels = [int(kind(t)[1]) for t in tags if re.fullmatch(r"H\d", kind(t))]
    faults = ["H beside H1"] if any(kind(t) == "H" for t in tags) else []
    return faults + [f"H{a} after H{b}" for b, a in pairwise([0, *levels]) if a - b > 1]


def of_tables(tags, root):
    """7.5: each heading says what it heads, and every row fills its table."""
    names = set(_names(root.get("/IDTree", {})))
    faults = []
    for tag in tags:
        if kind(tag) == "TH" and attribute(tag, "/Scope") not in ("/Row", "/Column", "/Both"):
            faults.append("TH without Scope")
        if lost := set(attribute(tag, "/Headers") or []) - names:
            faults.append(f"headers that are nowhere: {lost}")
        if kind(tag) == "Table" and len(widths := set(_widths(tag))) != 1:
            faults.append(f"rows of {widths} cells")
    return faults


def _names(node):
    yield from node.get("/Names", [])[::2]
    for kid in node.get("/Kids", []):
        yield from _names(kid.get_object())


def _widths(table):
    """How many columns each row fills, with what comes down from the rows above."""
    above = {}
    for row in [t for t in _deep(table) if kind(t) == "TR"]:
        carried = {c: n - 1 for c, n in above.items() if n > 1}
        above, column = dict(carried), 0
        for cell in held_tags(row):
            while column in carried:
                column += 1
            for _ in range(attribute(cell, "/ColSpan") or 1):
                above[column] = attribute(cell, "/RowSpan") or 1
                column += 1
        yield len(above)


def _deep(tag):
    for one in held_tags(tag):
        yield one
        yield from _deep(one)


def of_links(reader):
    """7.18: each note on a page is a link within its tag, has words, and is reached in order."""
    owner, faults = owners(reader), []
    for page in reader.pages:
        if "/Annots" in page and page.get("/Tabs") != "/S":
            faults.append(f"page {page.page_number + 1}: no order for the keyboard")
    for note in all_notes(reader):
        tag = owner.get(note.get("/StructParent"), {})
        held = [one["/Obj"].get_object() for one in kids(tag) if not isinstance(one, int)
                and one.get("/Type") == "/OBJR"]  # fmt: skip
        if note["/Subtype"] != "/Link" or tag.get("/S") != "/Link" or note not in held:
            faults.append(f"{note['/Rect']}: no link within its tag")
        if not note.get("/Contents", "").strip():
            faults.append(f"{note['/Rect']}: no words")
    return faults


def of_fonts(reader):
    """7.21: every font is in the file and says which letters it draws."""
    faults = []
    for page in reader.pages:
        for name, one in page["/Resources"].get("/Font", {}).items():
            font = one.get_object()
            inner = font.get("/DescendantFonts", [font])[0].get_object()
            held = inner.get("/FontDescriptor", {})
            if inner["/Subtype"] != "/Type3" and "/FontFile2" not in held:
                faults.append(f"{name} is not in the file")
            if "/ToUnicode" not in font:
                faults.append(f"{name} does not say its letters")
    return faults


def faults_of(reader):
    """Every fault, by clause."""
    root = reader.root_object["/StructTreeRoot"]
    tags = all_tags(reader)
    found = {
        "file": of_the_file(reader), "types": of_types(tags, root), "places": of_places(tags),
        "content": of_content(reader), "owners": of_owners(reader),
        "figures": of_figures(tags, reader), "headings": of_headings(tags),
        "tables": of_tables(tags, root), "links": of_links(reader), "fonts": of_fonts(reader),
    }  # fmt: skip
    return {clause: faults for clause, faults in found.items() if faults}
