# SPDX-License-Identifier: Apache-2.0
"""Signatures with the openssl command line: RSA PKCS#1 v1.5 over bytes, and detached JWS (RFC 7515, RFC 7797)."""
import base64
import binascii
import json
import subprocess
import tempfile

JWS_DIGESTS = {"RS256": "sha256", "RS512": "sha512"}
JWS_SECONDS = 300  # how far a request's iat may be from the bank's clock


def openssl(*arguments, data=b""):
    return subprocess.run(["openssl", *map(str, arguments)], input=data, capture_output=True, check=False, timeout=30)


def public_key(path, folder):
    """A file in folder with the public key of a certificate; if the file is a public key already, that file."""
    with open(path, encoding="ascii") as file:
        if "BEGIN CERTIFICATE" not in file.read():
            return str(path)
    made = openssl("x509", "-in", path, "-pubkey", "-noout")
    if made.returncode != 0:
        raise ValueError(f"{path} is no certificate: {made.stderr.decode()}")
    with tempfile.NamedTemporaryFile(dir=folder, suffix=".pem", delete=False) as file:
        file.write(made.stdout)
    return file.name


def sign(digest, key, data):
    """digest: its name in openssl, such as "sha1"; key: file with a private key."""
    made = openssl("dgst", f"-{digest}", "-sign", key, data=data)
    if made.returncode != 0:
        raise ValueError(f"{key} does not sign: {made.stderr.decode()}")
    return made.stdout


def verify(digest, key, data, signature):
    """key: file with a public key."""
    with tempfile.NamedTemporaryFile() as file:
        file.write(signature)
        file.flush()
        return openssl("dgst", f"-{digest}", "-verify", key, "-signature", file.name, data=data).returncode == 0


def unbase64(text):
    """The bytes, or None. Line ends inside are accepted, as banks do."""
    try:
        return base64.b64decode("".join(text.split()), validate=True)
    except (binascii.Error, ValueError):
        return None


def b64url(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode("ascii")


def unb64url(text):
    if "=" in text or "+" in text or "/" in text:
        raise ValueError("not base64url")
    return base64.b64decode(text.replace("-", "+").replace("_", "/") + "=" * (-len(text) % 4), validate=True)


def jws_header(url, kid, iat, alg="RS512"):
    return {"b64": False, "crit": ["b64"], "iat": iat, "alg": alg, "url": url, "kid": kid}


def jws_make(header, key, body):
    """The value of x-jws-signature for a body."""
    protected = b64url(json.dumps(header, separators=(",", ":")).encode())
    digest = JWS_DIGESTS.get(header.get("alg"), "sha512")
    return f"{protected}..{b64url(sign(digest, key, protected.encode() + b'.' + body))}"


def jws_problem(value, body, key, expected):
    """What is wrong with a signature, or None. expected: {"alg", "url", "kid", "now" (seconds)}."""
    if not value:
        return "UNSIGNED"
    try:
        protected, payload, signature = value.split(".")
        header = json.loads(unb64url(protected))
        signature = unb64url(signature)
    except (ValueError, binascii.Error):
        return "MALFORMED"
    if payload or not isinstance(header, dict):
        return "NOT_DETACHED"
    if header.get("alg") != expected["alg"]:
        return "WRONG_ALGORITHM"
    if header.get("b64") is not False or header.get("crit") != ["b64"]:
        return "WRONG_CRIT"
    for name in ("url", "kid"):
        if header.get(name) != expected[name]:
            return f"WRONG_{name.upper()}"
    if not isinstance(header.get("iat"), int) or abs(header["iat"] - expected["now"]) > JWS_SECONDS:
        return "WRONG_IAT"
    if not verify(JWS_DIGESTS[expected["alg"]], key, protected.encode() + b"." + body, signature):
        return "BAD_SIGNATURE"
    return None
