# SPDX-License-Identifier: Apache-2.0
"""A merchant for the bank's own tests: signs and verifies with openssl, receives pushes. Shares no code with the bank."""
import base64
import html.parser
import http.client
import http.server
import json
import pathlib
import socket
import subprocess
import tempfile
import threading
import time
import urllib.parse


def openssl(*arguments, data=b""):
    return subprocess.run(["openssl", *map(str, arguments)], input=data, capture_output=True, check=False)


def sign(digest, key, data):
    made = openssl("dgst", f"-{digest}", "-sign", key, data=data)
    assert made.returncode == 0, made.stderr
    return made.stdout


def verify(digest, certificate, data, signature):
    with tempfile.TemporaryDirectory() as folder:
        key, file = pathlib.Path(folder, "key"), pathlib.Path(folder, "signature")
        key.write_bytes(openssl("x509", "-in", certificate, "-pubkey", "-noout").stdout)
        file.write_bytes(signature)
        return openssl("dgst", f"-{digest}", "-verify", key, "-signature", file, data=data).returncode == 0


def mac_text(values):
    return "".join("%03d%s" % (len(v), v) for v in values)


def b64url(data):
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def jws(key, header, body):
    protected = b64url(json.dumps(header).encode())
    return f"{protected}..{b64url(sign('sha512', key, protected.encode() + b'.' + body))}"


def jws_header_of(value, certificate, body):
    """The header of a valid signature."""
    protected, empty, signature = value.split(".")
    assert empty == ""
    assert verify("sha512", certificate, protected.encode() + b"." + body, base64.urlsafe_b64decode(signature + "=="))
    return json.loads(base64.urlsafe_b64decode(protected + "=="))


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


class Page(html.parser.HTMLParser):
    """The forms, links and text of a page."""

    def __init__(self, text):
        super().__init__()
        self.forms, self.links, self.buttons, self.text = {}, {}, [], ""
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        a = dict(attrs)
        if tag == "form":
            self.forms[a["name"]] = {"action": a["action"], "method": a["method"], "fields": []}
        if tag == "input":
            list(self.forms.values())[-1]["fields"].append((a["name"], a["value"]))
        if tag == "button":
            self.buttons.append(a.get("value"))
        if tag == "a":
            self.links[a.get("id")] = a["href"]

    def handle_data(self, data):
        self.text += data


class Shop:
    """Receives pushes into self.received and answers with self.status."""

    def __init__(self):
        self.received, self.status = [], 200
        shop = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                shop.received.append({"path": self.path, "body": body, "headers": dict(self.headers.items()), "at": time.monotonic()})
                self.send_response(shop.status)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://shop.localhost:{self.server.server_address[1]}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def wait(self, count, seconds=10):
        end = time.monotonic() + seconds
        while len(self.received) < count and time.monotonic() < end:
            time.sleep(0.02)
        assert len(self.received) >= count, f"{len(self.received)} pushes"
        return self.received

    def forms(self):
        return [dict(urllib.parse.parse_qsl(r["body"].decode(), keep_blank_values=True)) for r in self.received]


class Client:
    """Requests to the bank: (status, headers, text)."""

    def __init__(self, port):
        self.port = port

    def __call__(self, method, path, body=None, headers=None, timeout=30):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        connection.request(method, path, body, headers or {})
        response = connection.getresponse()
        text = response.read().decode()
        connection.close()
        return response.status, response.headers, text

    def form(self, path, fields, encoding="utf-8"):
        return self("POST", path, urllib.parse.urlencode(fields, encoding=encoding), {"Content-Type": "application/x-www-form-urlencoded"})

    def control(self, path, wish=None):
        body = None if wish is None else json.dumps(wish)
        status, _, text = self("GET" if wish is None else "POST", f"/control/{path}", body, {"Content-Type": "application/json"})
        assert status == 200, text
        return text if text.startswith("<?xml") else json.loads(text)
