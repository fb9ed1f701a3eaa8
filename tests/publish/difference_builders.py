"""Small invented builds of an edition, as folders: what `kcc diff` reads of a real one."""

import csv
import io
import json

PAGE = """<!DOCTYPE html><html lang="en-GB"><head><title>t</title></head><body>
<header><p>Draft of the header.</p></header><main id="main">
<h1 id="top">Outcome 1</h1><div class="prose"><p>{opening}</p></div>
<h2 id="so-1-1">1.1 A good start</h2><div class="prose"><p>{narrative} It was long.</p></div>
{blocks}</main></body></html>"""
BLOCK = """<article class="measure" id="m-{id}"><dl><dt>1 year</dt><dd>{word}</dd></dl>
<figure><svg><title>no sentence</title></svg><figcaption>{caption}</figcaption></figure>
<table><caption>{code}: figures</caption>
<tbody><tr><td><p>{word} {value}</p></td></tr></tbody></table>
<details class="evidence"><p>Worked out here: {ours}.</p></details></article>"""


def told(folder, name, record):
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(record), "utf-8")


def rows(folder, name, records):
    out = io.StringIO()
    writer = csv.DictWriter(out, list(records[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(records)
    (folder / "data").mkdir(parents=True, exist_ok=True)
    (folder / "data" / name).write_text(out.getvalue(), "utf-8")


def measure(code, *, title="", standing="Maintaining", ours="Maintaining", values=None, **more):
    """One measure of a build: two periods, both of Kent."""
    held = {"2016-17": "10.5", "2017-18": "11.5"} if values is None else values
    return {"code": code, "title": title or f"Measure {code}", "standing": standing, "ours": ours,
            "published": standing, "values": held, "flags": {}, "unit": "%", "caption": "",
            "england": "", "evidence": "", "target": ""} | more  # fmt: skip


def annual(folder, measures=None, *, record=None, inputs=None, parts=None, opening="It begins.",
           narrative="We worked.", kind="annual", edition="annual-2019"):  # fmt: skip
    """A build of an annual edition in a folder."""
    held = [measure("1.11"), measure("1.12")] if measures is None else measures
    rows(folder, "judgements.csv", [_judged(m) for m in held])
    rows(folder, "observations.csv", [row for m in held for row in _held(m)])
    rows(folder, "targets.csv", [{"measure": m["code"], "target": m["target"]} for m in held])
    for m in held:
        told(folder, f"data/measures/{m['code'].replace('.', '-')}.json", _own(m))
    blocks = "\n".join(
        BLOCK.format(id=m["code"].replace(".", "-"), word=m["standing"], ours=m["ours"],
                     code=m["code"], caption=m["caption"] or f"Kent was {last(m)}%.",
                     value=last(m))
        for m in held
    )  # fmt: skip
    page = PAGE.format(opening=opening, narrative=narrative, blocks=blocks)
    (folder / "index.html").write_text(page, "utf-8")
    told(folder, "data/contents.json", {
        "version": 1, "edition": edition, "kind": kind, "title": "Outcomes",
        "subtitle": "Annual report 2019", "as_of": "2019-10-31", "state": "draft",
        "sign_off": "Not signed off.", "pages": [{"page": "index.html", "title": "Overview"}],
        "measures": [_entry(m) for m in held],
    })  # fmt: skip
    told(folder, "run.json", {
        "edition": edition, "as_of": "2019-10-31", "state": "draft", "whole": True,
        "method": "significance-2019", "preset": "kcc2019",
        "sections": [{"section": "index", "page": "index.html", "failure": "", "seconds": 1.5,
                      "parameters": {"edition": edition, "area": "E10000016"}}],
        "environment": {"python": "3.11.7", "packages": {"numpy": "2.4.5"}},
        "outputs": {}, "inputs": inputs or {}, "parts": parts or {},
    } | (record or {}))  # fmt: skip
    return folder


def last(m):
    return next((v for v in reversed(m["values"].values()) if v), "none")


def _judged(m):
    periods = list(m["values"])
    return {"measure": m["code"], "area": "E10000016", "horizon": "1-year",
            "method": "significance-2019", "label": m["ours"], "published_label": m["published"],
            "period_from": periods[0] if periods else "", "p_value": m["evidence"],
            "period_to": periods[-1] if periods else ""}  # fmt: skip


def _held(m):
    kent = [(p, "E10000016", v) for p, v in m["values"].items()]
    england = [("2017-18", "E92000001", m["england"])] if m["england"] else []
    return [
        {"measure": m["code"], "area": area, "period": period, "value": value,
         "flags": m["flags"].get(period, ""), "source": "a survey"}
        for period, area, value in (*kent, *england)
    ]  # fmt: skip


def _own(m):
    return {"title": f"Share of {m['title']}", "unit": m["unit"], "decimals": 1,
            "polarity": "higher",
            "figures": [{"area": "E10000016", "area_name": "Kent"}]}  # fmt: skip


def _entry(m):
    identifier = f"m-{m['code'].replace('.', '-')}"
    return {"measure": m["code"], "id": identifier, "kind": "measure",
            "title": f"Share of {m['title']}", "short_title": m["title"],
            "group": "1.1 A good start", "address": f"index.html#{identifier}",
            "judgements": [{"heading": "1 year", "word": m["standing"]}],
            "value": last(m)}  # fmt: skip
