# SPDX-License-Identifier: Apache-2.0
"""What the house has once is not written a second time."""
import re

from .house import Fault, guard, line_of

PLANTED = "mod_waterportal/portal/planted.c"
OPENING = re.compile(r"\b(apr_file_open|fopen|open|json_load_file|BIO_new_file|xmlReadFile|xmlParseFile|xmlReaderForFile|xsltParseStylesheetFile)\(")
# file → why it opens a file itself
OPENERS = {
    "mod_waterportal/base/file.c": "reads them whole, for all",
    "mod_waterportal/bank/statement.c": "a stream: a year's movements of an account",
    "mod_waterportal/render/kept.c": "a stream: the digest of every stylesheet, kept nowhere",
    "mod_waterportal/crypto/sign.c": "OpenSSL reads keys in PEM out of its own BIO",
    "mod_waterportal/data/write_gate.c": "a lock",
    "mod_waterportal/httpd/shared.c": "memory that processes share",
    "mod_waterportal/portal/places.c": "locks",
}


def findings(house, pattern, allowed, what):
    """Places of a pattern outside the files that may have it; allowed ones that no longer do. Returns in how many files it is."""
    seen = set()
    for path in house.c(".c"):
        content = re.sub(r"/\*.*?\*/", lambda m: "\n" * m[0].count("\n"), house.text(path), flags=re.S)
        for m in pattern.finditer(content):
            seen.add(str(path))
            if str(path) not in allowed:
                house.found(path, line_of(content, m.start()), what)
    for path in allowed:
        if house.exists(path) and path not in seen:
            house.found(path, 1, "needs no exception any more (tests/guards/guards/copies.py)")
    return len(seen)


@guard(Fault(PLANTED, "base/file.h reads files", plant="status = apr_file_open(&file, path, flags, APR_FPROT_OS_DEFAULT, pool);\n"),
       Fault(PLANTED, "base/file.h reads files", plant="json_t *root = json_load_file(path, 0, &error);\n"),
       Fault("mod_waterportal/data/write_gate.c", "needs no exception any more", old=r"= open\(", new="= f("))
def copies_readers(house):
    """Whole files are read by base/file.h, which has a limit, says why not, and waits for no pipe."""
    count = findings(house, OPENING, OPENERS, "base/file.h reads files; a stream or a lock is an exception with a reason")
    house.looked(count, len(OPENERS) - 1, "files of C that open files")


# a date in memory of a pool
DATES = re.compile(r"apr_p?c?alloc\([^;]*\bWP_(?:DATE|INSTANT)_SIZE\)")
DATE_MAKERS = {"mod_waterportal/data/date_text.c": "makes them for all", "mod_waterportal/bank/bank_form.c": "bank/ does not use data/",
               "mod_waterportal/bank/statement.c": "bank/ does not use data/"}


@guard(Fault(PLANTED, "wp_date_text", plant="char *day = apr_palloc(pool, WP_DATE_SIZE);\n"),
       Fault("tools/ctl/planted.c", "wp_instant_text", plant="char *now = apr_palloc(wp_db_pool(db), WP_INSTANT_SIZE);\n"))
def copies_dates(house):
    """A date or an instant becomes text in a pool by data/date_text.h."""
    count = findings(house, DATES, DATE_MAKERS, "wp_date_text and wp_instant_text of data/date_text.h make this")
    house.looked(count, len(DATE_MAKERS), "files of C that give a date memory")


# digits looked up by half a byte or by six bits; OpenSSL's and apr-util's own base64
DIGITS = re.compile(r"\[[^\]\n]*(?:>> ?[46]|& ?(?:15|0x0?[fF]|63|0x3[fF]))\]|%02[xX]|\bEVP_(?:En|De)code\w+|\bapr_base64_\w+")
DIGIT_MAKERS = {"mod_waterportal/base/urlencoded.c": "what stands in addresses", "mod_waterportal/httpd/log.c": "a mark of six bytes with dashes"}


@guard(Fault(PLANTED, "apr_encode", plant="*to++ = digits[byte >> 4];\n*to++ = digits[byte & 15];\n"),
       Fault(PLANTED, "apr_encode", plant='apr_snprintf(to, 3, "%02x", byte);\n'),
       Fault(PLANTED, "apr_encode", plant="EVP_EncodeBlock(to, from, length);\n"))
def copies_digits(house):
    """Base64 and hex are made by apr_encode, what stands in addresses by base/urlencoded.h."""
    count = findings(house, DIGITS, DIGIT_MAKERS, "apr_encode makes base64 and hex, base/urlencoded.h what stands in addresses")
    house.looked(count, len(DIGIT_MAKERS), "files of C that make digits")
