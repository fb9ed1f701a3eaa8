"""The tags of a printed report, mended where Chromium's are not what PDF/UA asks for."""

from collections.abc import Iterator, Mapping
from typing import Any

from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    FloatObject,
    IndirectObject,
    NameObject,
    NullObject,
    TextStringObject,
)

from kcc_lib.publish.pdf.artifacts import free_rules, mark_artifacts
from kcc_lib.publish.pdf.boxes import boxes_of_figures
from kcc_lib.publish.pdf.links import Link, name_links

#: Chromium's names that PDF 1.7 does not know, with what each is in it.
_ROLES = {"/Strong": "/Span", "/Em": "/Span"}
#: Marks of lists are drawn; this is what each stands for.
_MARKS = {"/Disc": "•", "/Circle": "◦", "/Square": "▪"}


def mend_tags(writer: PdfWriter, links: list[Link]) -> None:
    """Mend the tags of a document and of the drawings of its pages.

    Raises
    ------
    PublishError
        If its links are not these.
    """
    root: Any = writer.root_object["/StructTreeRoot"].get_object()
    root[NameObject("/RoleMap")] = DictionaryObject(
        {NameObject(ours): NameObject(known) for ours, known in _ROLES.items()}
    )
    owners = dict(_owners(root["/ParentTree"].get_object()))
    for page in writer.pages:
        _mend_page(page, owners.get(int(page.get("/StructParents", -1)), []))
    found = list(_tags(root))
    name_links((tag for tag in found if tag["/S"] == "/Link"), links)
    bodies = dict(_give_body(writer, tag) for tag in found if tag["/S"] == "/LI")
    for owned in owners.values():
        owned[:] = [_moved(one, bodies) for one in owned]


def _owners(tree: Any) -> Iterator[tuple[int, Any]]:
    """For each page, by its number in the tags, the tags to which its content belongs."""
    pairs = tree.get("/Nums", [])
    for number, owned in zip(pairs[::2], pairs[1::2], strict=True):
        if isinstance(owned.get_object(), list):
            yield number, owned.get_object()
    for kid in tree.get("/Kids", []):
        yield from _owners(kid.get_object())


def _tags(tag: Any) -> Iterator[Any]:
    for kid in _kids(tag):
        one = kid.get_object()
        if isinstance(one, dict) and "/S" in one:
            yield one
            yield from _tags(one)


def _kids(tag: Any) -> list[Any]:
    if "/K" not in tag:
        return []
    return list(tag["/K"]) if isinstance(tag["/K"], list) else [tag.raw_get("/K")]


def _mend_page(page: Any, owned: Any) -> None:
    """A page's drawing, and what its tags say of it."""
    drawing: Any = page["/Contents"].get_object()
    content, drawn = free_rules(drawing.get_data())
    boxes = boxes_of_figures(content)
    drawing.set_data(mark_artifacts(content, _called(page)))
    for number, tag in drawn.items():
        owner = owned[number].get_object()
        if tag == "Lbl":
            _say_mark(owner)
        elif tag != "Figure":
            owner[NameObject("/K")] = ArrayObject(
                kid for kid in _kids(owner) if not _is_content(kid, number, page, owner)
            )
            owned[number] = NullObject()
    for number, box in boxes.items():
        figure = owned[number].get_object()
        if "/A" not in figure:
            figure[NameObject("/A")] = DictionaryObject({
                NameObject("/O"): NameObject("/Layout"),
                NameObject("/BBox"): ArrayObject(FloatObject(round(side, 2)) for side in box),
            })  # fmt: skip


def _called(page: Any) -> set[bytes]:
    """The drawings that a page calls and that have tags; what is left in them is marked too."""
    tagged = set()
    for name, one in page["/Resources"].get_object().get("/XObject", {}).items():
        drawing = one.get_object()
        if drawing["/Subtype"] == "/Form" and b"/MCID" in drawing.get_data():
            drawing.set_data(mark_artifacts(drawing.get_data()))
            tagged.add(name.encode())
    return tagged


def _is_content(kid: Any, number: int, page: Any, owner: Any) -> bool:
    """Whether a part of a tag is what has this number on this page."""
    told: Any = kid.get_object()
    if not isinstance(told, dict):
        told = {"/MCID": told}
    elif "/Stm" in told or "/S" in told:
        return False
    on = told.get("/Pg", owner.get("/Pg"))
    return told.get("/MCID") == number and on is not None and on.get_object() is page.get_object()


def _say_mark(label: Any) -> None:
    """A mark that is drawn, as the letter that it stands for."""
    attributes = label["/P"]["/P"].get("/A", [])
    told = [one.get_object() for one in (attributes if isinstance(attributes, list) else [])]
    kind = next((one["/ListNumbering"] for one in told if "/ListNumbering" in one), "/Disc")
    label[NameObject("/ActualText")] = TextStringObject(_MARKS.get(kind, "•"))


def _give_body(writer: PdfWriter, item: Any) -> tuple[int, IndirectObject]:
    """Put all of an item but its mark into one body; the item's number and its body."""
    kids = _kids(item)
    marks = [k for k in kids if isinstance(k.get_object(), dict) and k["/S"] == "/Lbl"]
    body = DictionaryObject({
        NameObject("/Type"): NameObject("/StructElem"), NameObject("/S"): NameObject("/LBody"),
        NameObject("/P"): item.indirect_reference,
    })  # fmt: skip
    place = writer._add_object(body)
    rest = [kid for kid in kids if kid not in marks]
    body[NameObject("/K")] = ArrayObject(rest)
    if "/Pg" in item:
        body[NameObject("/Pg")] = item.raw_get("/Pg")
    for kid in rest:
        one = kid.get_object()
        if isinstance(one, dict) and "/S" in one:
            one[NameObject("/P")] = place
    item[NameObject("/K")] = ArrayObject([*marks, place])
    return item.indirect_reference.idnum, place


def _moved(owner: Any, bodies: Mapping[int, IndirectObject]) -> Any:
    """A tag, or the body of an item: what an item held itself is its body's now."""
    return bodies.get(owner.idnum, owner) if isinstance(owner, IndirectObject) else owner
