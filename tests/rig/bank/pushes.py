# SPDX-License-Identifier: Apache-2.0
"""The bank's server notifies the merchant's: POST, repeated until the answer is 200. Connects to this machine only."""
import functools
import http.client
import socket
import ssl
import threading
import time
import urllib.parse

SECONDS = 20  # for one attempt


@functools.lru_cache
def trusting(ca):
    return ssl.create_default_context(cafile=ca)


def post(address, body, headers, ca):
    """The status, or None if there was no answer. Connects to 127.0.0.1, whatever host the address names."""
    url = urllib.parse.urlsplit(address)
    port = url.port or (443 if url.scheme == "https" else 80)
    connection = http.client.HTTPConnection(url.hostname, port, timeout=SECONDS)
    try:
        connection.sock = socket.create_connection(("127.0.0.1", port), SECONDS)
        if url.scheme == "https":
            connection.sock = trusting(ca).wrap_socket(connection.sock, server_hostname=url.hostname)
        connection.request("POST", urllib.parse.urlunsplit(("", "", url.path or "/", url.query, "")), body, headers)
        return connection.getresponse().status
    except (OSError, http.client.HTTPException):
        return None
    finally:
        connection.close()


class Pusher:
    """Sends each message in its own thread, so that a merchant who hangs delays nobody else."""

    def __init__(self, book):
        self.book = book

    def attempt(self, order, make, name):
        """make: () → {"url", "body", "headers"}, called for each attempt, because the bank may have changed its key. Returns the status."""
        sent = make()
        status = post(sent["url"], sent["body"].encode(), sent["headers"], self.book.ca)
        with self.book.lock:
            order.pushes.append({"kind": name, "status": status, "at": self.book.now().strftime("%Y-%m-%dT%H:%M:%SZ")})
        return status

    def start(self, order, make, name):
        threading.Thread(target=self.insist, args=(order, make, name), daemon=True).start()

    def insist(self, order, make, name):
        end = time.monotonic() + self.book.push["give_up"]
        while order.id in self.book.orders and self.attempt(order, make, name) != 200 and time.monotonic() < end:
            time.sleep(self.book.push["retry"])
