"""A real JupyterLab, the network blocked: an analyst opens a notebook, runs it and sees charts."""

import os
import shutil
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow
ROOT = Path(__file__).parents[2]
READY = """async () => {
  const app = window.jupyterapp;
  const panel = app && app.shell.currentWidget;
  if (!panel || !panel.sessionContext) return "no notebook";
  await panel.sessionContext.ready;
  await panel.sessionContext.session.kernel.info;
  return "ready";
}"""
STATE = """() => {
  const cells = window.jupyterapp.shell.currentWidget.content.widgets;
  const code = cells.filter(c => c.model.type === "code");
  return {
    all: code.length,
    run: code.filter(c => c.model.executionCount).length,
    failed: code.filter(c => c.model.sharedModel.outputs.some(
      o => o.output_type === "error")).length,
  };
}"""


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    """The address of a JupyterLab started as `kcc lab` starts it, with no settings of its user."""
    tmp_path = tmp_path_factory.mktemp("jupyter")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [
        sys.executable, "-m", "kcc_lib", "lab", "--no-browser", "--allow-root", "--ip=127.0.0.1",
        f"--port={port}", "--IdentityProvider.token=t",
        "--LabApp.expose_app_in_browser=True",
    ]  # fmt: skip
    # on a copy: JupyterLab saves what it runs, and outputs are never committed
    book = tmp_path / "workbook"
    for folder in ("data/raw", "notebooks"):
        shutil.copytree(ROOT / folder, book / folder)
    home = {"KCC_WORKBOOK": str(book)} | {
        name: str(tmp_path) for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "HOME")
    }
    log = (tmp_path / "lab.log").open("w")
    server = subprocess.Popen(command, cwd=book, stdout=log, stderr=log, env={**os.environ, **home})
    try:
        _wait_for(f"http://127.0.0.1:{port}/api?token=t", server)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(timeout=30)
        log.close()


def _wait_for(address, server):
    for _ in range(240):
        try:
            with urllib.request.urlopen(address, timeout=5) as answer:  # noqa: S310 - our own server
                return answer.status
        except OSError:
            assert server.poll() is None, "JupyterLab stopped"
            _pause(0.25)
    raise AssertionError("JupyterLab did not answer in a minute")


def _pause(seconds):
    import threading

    threading.Event().wait(seconds)


def poll(page, script, wanted, seconds=120):
    for _ in range(seconds * 4):
        found = page.evaluate(script)
        if wanted(found):
            return found
        page.wait_for_timeout(250)
    raise AssertionError(f"still {found} after {seconds} s")


NOTEBOOKS = sorted(p.name for p in (ROOT / "notebooks").glob("*.ipynb"))


#: What JupyterLab's own style would change: links, words in tables, lists of facts.
LOOKS = """() => {
  const style = css => getComputedStyle(document.querySelector(`.jp-OutputArea .kcc ${css}`));
  const link = style("a"), fact = style(".verdicts dt");
  return {link: [link.color, link.textDecorationLine], words: style("th[scope=row]").textAlign,
          fact: [fact.float, parseFloat(fact.width) > 80]};
}"""
#: The notebooks that show measures with their charts.
MEASURES = {"outcome_1.ipynb", "outcome_2.ipynb", "outcome_3.ipynb"}


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_a_notebook_runs_in_jupyterlab_offline_and_shows_its_page(lab, chromium, name):
    context = chromium.new_context(viewport={"width": 1280, "height": 1000})
    outside = []

    def only_ours(route):
        if route.request.url.startswith((lab, lab.replace("http", "ws"), "data:", "blob:")):
            route.continue_()
        else:
            outside.append(route.request.url)
            route.abort()

    context.route("**/*", only_ours)
    page = context.new_page()
    page.goto(f"{lab}/lab/tree/notebooks/{name}?token=t&reset")
    poll(page, READY, lambda state: state == "ready")

    page.evaluate("() => window.jupyterapp.commands.execute('notebook:run-all-cells')")
    state = poll(page, STATE, lambda s: s["run"] == s["all"] or s["failed"])
    page.evaluate(
        "async () => { const n = window.jupyterapp.shell.currentWidget.content;"
        "await n.scrollToItem(n.widgets.length - 1); }"
    )
    shown = page.locator(".jp-OutputArea .kcc:visible").last
    shown.wait_for()
    assert state["failed"] == 0
    if name in MEASURES:
        chart = page.locator(".jp-OutputArea svg.chart-wide:visible").first
        chart.wait_for()
        assert chart.locator("path").count() > 5
        assert chart.bounding_box()["width"] > 300
        assert page.evaluate(LOOKS) == {
            "link": ["rgb(18, 67, 109)", "underline"], "words": "left", "fact": ["none", True],
        }  # fmt: skip
    context.close()
