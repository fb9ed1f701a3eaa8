"""The notice of a run: what it says, where it goes, and that it never harms the run."""

import json
import re
import socketserver
import threading
import time
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from kcc_lib.errors import KccError
from kcc_lib.publish.events import (
    EditionFailed,
    EditionSwapped,
    EditionUnchanged,
    PageFailed,
    RunEnded,
    RunStarted,
    SectionEnded,
)
from kcc_lib.publish.notice import Summary, send_notice, sender

SECRET = "s3cr3t"  # noqa: S105 - it must not be found
MAIL = {"KCC_SMTP_HOST": "127.0.0.1", "KCC_SMTP_FROM": "kcc@example.org",
        "KCC_SMTP_SECURITY": "none"}  # fmt: skip


@pytest.fixture
def summary():
    made = Summary()
    for event in [
        RunStarted(("one", "two", "three")),
        SectionEnded("a", "", 1.0, 1, 2),
        SectionEnded("b", f"cell 2: ValueError: 12.5% in /home/{SECRET}", 1.0, 2, 2),
        PageFailed("c", f"c.html: the link to '{SECRET}'"),
        EditionFailed("one", ("b", "c"), f"/home/{SECRET}/outputs/one.failed"),
        EditionUnchanged("two", "two is up to date"),
        EditionSwapped("three"),
        RunEnded(1, SECRET),
    ]:
        made(event)
    return made


@pytest.fixture
def serve():
    """Starts a server on this machine that answers as told; (its address, what it was sent)."""
    servers, hang = [], threading.Event()

    def start(code=204, headers=(), hangs=False):
        got = []

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                got.append((self.headers, self.rfile.read(int(self.headers["Content-Length"]))))
                if hangs:
                    hang.wait(30)
                    return
                self.send_response(code)
                for name, value in headers:
                    self.send_header(name, value)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_):
                pass

        server = HTTPServer(("127.0.0.1", 0), Handler)
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        servers.append((server, thread))
        return f"http://127.0.0.1:{server.server_port}/hook?sig={SECRET}", got

    yield start
    hang.set()
    for server, thread in servers:
        server.shutdown()
        thread.join()
        server.server_close()


def test_a_webhook_is_sent_what_was_run_how_it_ended_and_what_failed(serve, summary):
    url, got = serve()

    assert send_notice(sender(url), summary) == ""

    headers, content = got[0]
    assert headers["Content-Type"] == "application/json; charset=utf-8"
    assert json.loads(content) == {
        "version": 1, "exit_code": 1, "editions": ["one", "two", "three"], "replaced": ["three"],
        "unchanged": ["two"], "failed": ["one"], "sections_built": 1, "sections_failed": 2,
        "failed_sections": ["b", "c"],
        "text": "kcc report one, two, three: something failed (exit code 1). 1 built, 2 failed. "
        "Up to date: two. Failed: b, c.",
    }  # fmt: skip


def test_a_notice_has_no_figure_path_or_failure_in_words(summary):
    told = json.dumps(summary.told)

    assert SECRET not in told
    assert "12.5" not in told
    assert "/" not in told


@pytest.mark.parametrize("code", [400, 500])
def test_a_server_that_refuses_is_told_by_its_code_and_never_by_its_address(serve, summary, code):
    url, _ = serve(code)

    assert send_notice(sender(url), summary) == f"the server answered {code}"


def test_a_notice_follows_no_redirect(serve, summary):
    other, got = serve()
    url, _ = serve(302, [("Location", other)])

    assert send_notice(sender(url), summary) == "the server answered 302"
    assert got == []


def test_a_server_that_hangs_is_given_up(serve, summary):
    url, _ = serve(hangs=True)
    started = time.perf_counter()

    said = send_notice(sender(url), summary, limit=0.2)

    assert said == "there was no answer within 0.2 seconds"
    assert time.perf_counter() - started < 5


def test_a_server_that_is_not_there_is_told(summary):
    with HTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler) as gone:
        url = f"http://127.0.0.1:{gone.server_port}/{SECRET}"

    said = send_notice(sender(url), summary)

    assert said == "Connection refused"


def test_what_is_meant_for_this_machine_goes_through_no_proxy(serve, summary, monkeypatch):
    for name in ("http_proxy", "HTTP_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    monkeypatch.delenv("no_proxy", raising=False)
    url, got = serve()

    assert send_notice(sender(url), summary) == ""
    assert len(got) == 1


@pytest.mark.parametrize(
    "where", ["http://example.org/x", "ftp://example.org", "file:///etc/passwd", "hooks", "",
              "https://", "http://localhost.example.org/"],
)  # fmt: skip
def test_an_address_that_is_not_safe_is_refused_and_not_quoted(where):
    with pytest.raises(KccError) as refused:
        sender(where)

    assert "--notify takes https://" in str(refused.value)
    assert "example" not in str(refused.value)


@pytest.mark.parametrize(
    ("where", "said"),
    [
        ("http://[", "has a [ or ] that is not closed"),
        ("https://[::1", "has a [ or ] that is not closed"),
        ("https://[v1.x]/", "has a [ or ] that is not closed"),
        ("https://ex ample.org/", "holds a blank"),
        ("https://example.org/a b", "holds a blank"),
        ("https://example.org/\nb", "holds a blank or a control character"),
        ("https://example.org/\u00e9", "beyond ASCII"),
        ("http://localhost:abc/", "a port that is no number from 1 to 65535"),
        ("https://example.org:99999/", "a port that is no number"),
        ("https://example.org:0/", "a port that is no number"),
        ("https://user:word@example.org/", "names a user"),
        ("https://example..org/", "no host that could exist"),
    ],
)
def test_an_address_that_could_not_be_opened_is_refused_with_what_to_write(where, said):
    with pytest.raises(KccError) as refused:
        sender(where)

    assert said in str(refused.value)
    assert "ample" not in str(refused.value)
    assert "word" not in str(refused.value)


@pytest.mark.parametrize("where", ["https://example.org/x", "http://localhost:1/", "http://[::1]/"])
def test_https_and_this_machine_are_taken(where):
    sender(where)


class _Smtp(socketserver.StreamRequestHandler):
    def handle(self):
        say = lambda words: self.wfile.write(f"{words}\r\n".encode())  # noqa: E731
        say("220 here")
        for line in self.rfile:
            word = line[:4].upper().strip()
            if word == b"DATA":
                say("354 go on")
                while (part := self.rfile.readline()) != b".\r\n":
                    self.server.got.append(part.decode())
            say("221 bye" if word == b"QUIT" else "250 fine")
            if word == b"QUIT":
                return


@pytest.fixture
def mail_server():
    with socketserver.TCPServer(("127.0.0.1", 0), _Smtp) as server:
        server.got = []
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def test_a_mail_says_the_same_in_words(mail_server, summary):
    settings = MAIL | {"KCC_SMTP_PORT": str(mail_server.server_address[1])}

    assert send_notice(sender("mailto:team@example.org", settings), summary) == ""

    message = "".join(mail_server.got)
    assert "To: team@example.org" in message
    assert "Subject: kcc report one, two, three: something failed" in message
    assert "Failed: b, c." in " ".join(message.split())
    assert SECRET not in message


@pytest.mark.parametrize(
    ("where", "settings", "said"),
    [
        ("mailto:a@b.org", {}, "needs KCC_SMTP_HOST and KCC_SMTP_FROM"),
        ("mailto:", MAIL, "needs an address after the colon"),
        ("mailto:a@b.org%0d%0aBcc:c@d.org", MAIL, "needs an address after the colon"),
        ("mailto:a@b.org", MAIL | {"KCC_SMTP_SECURITY": "ssl"}, "KCC_SMTP_SECURITY is"),
        ("mailto:a@b.org", MAIL | {"KCC_SMTP_HOST": "mail.org"}, "KCC_SMTP_SECURITY is"),
        ("mailto:a@b.org", MAIL | {"KCC_SMTP_PORT": "many"}, "KCC_SMTP_PORT 'many' is no port"),
        ("mailto:a@b.org", MAIL | {"KCC_SMTP_PORT": "99999"}, "a number from 1 to 65535"),
        ("mailto:a@b.org", MAIL | {"KCC_SMTP_PORT": "0"}, "a number from 1 to 65535"),
        ("mailto:a@b.org", MAIL | {"KCC_SMTP_HOST": "ma il"}, "KCC_SMTP_HOST 'ma il' is no host"),
        ("mailto:a@b.org", MAIL | {"KCC_SMTP_FROM": "kcc"}, "KCC_SMTP_FROM 'kcc' is no address"),
        ("mailto:a@b.org", MAIL | {"KCC_SMTP_FROM": "x\ny <a@b.org>"}, "is no address"),
        ("mailto:jürgen@b.org", MAIL, "'jürgen@b.org' is no address"),
        ("mailto:team", MAIL, "'team' is no address; write one such as team@example.org"),
        ("mailto:a@b.org,", MAIL, "'' is no address"),
        ("mailto:a@b.org?cc=c@d.org", MAIL, "leave out what stands from ? or #"),
        ("mailto://[", MAIL, "is no address"),
    ],
)
def test_settings_that_could_not_send_a_mail_are_refused_before_the_run(where, settings, said):
    with pytest.raises(KccError, match=re.escape(said)):
        sender(where, settings)


def test_all_that_is_wrong_with_the_mail_is_said_at_once():
    wrong = {"KCC_SMTP_HOST": "ma il", "KCC_SMTP_PORT": "99999", "KCC_SMTP_SECURITY": "ssl"}
    with pytest.raises(KccError) as refused:
        sender("mailto:team", wrong)

    said = str(refused.value)
    assert [w for w in ("'team'", "'ma il'", "'99999'", "'ssl'", "KCC_SMTP_FROM") if w in said] == [
        "'team'", "'ma il'", "'99999'", "'ssl'", "KCC_SMTP_FROM"
    ]  # fmt: skip


def test_settings_that_are_left_blank_are_not_set():
    blank = dict.fromkeys(["KCC_SMTP_PORT", "KCC_SMTP_USER", "KCC_SMTP_PASSWORD"], "")

    sender("mailto:team@example.org", MAIL | blank)
    sender("mailto:a@b.org,c@d.org", {**MAIL, "KCC_SMTP_SECURITY": "", "KCC_SMTP_FROM": "K <k@b>"})


def test_a_password_is_never_told(summary):
    with HTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler) as gone:
        port = str(gone.server_port)
    settings = MAIL | {"KCC_SMTP_PORT": port, "KCC_SMTP_USER": "u", "KCC_SMTP_PASSWORD": SECRET}

    assert SECRET not in send_notice(sender("mailto:a@b.org", settings), summary)
