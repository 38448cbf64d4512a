# SPDX-License-Identifier: Apache-2.0
"""Every statement of account scope, run with somebody else's account: no row of what is not his. With the owner's: a row."""
import contextlib
import pathlib
import re
import sqlite3

import psycopg2
import pytest

import steps

SQL = pathlib.Path(__file__).resolve().parents[2] / "sql"


def statements():
    """(name, {argument: type}, text) of every statement of account scope."""
    for path in sorted(SQL.glob("*.sql")):
        for block in re.split(r"^-- @(?=query )", path.read_text(encoding="utf-8"), flags=re.M)[1:]:
            block = re.split(r"^-- @schema", block, flags=re.M)[0]
            if not re.search(r"^-- @scope account$", block, re.M):
                continue
            arguments = dict(re.findall(r"(\w+):(\w+)", " ".join(re.findall(r"^-- @args (.*)$", block, re.M))))
            text = "\n".join(line for line in block.splitlines()[1:] if not line.startswith("--"))
            yield block.split()[1], arguments, text.strip().rstrip(";")


STATEMENTS = list(statements())


def run(rig, text, values):
    if rig.driver == "sqlite3":
        with contextlib.closing(sqlite3.connect(rig.params)) as db:
            return db.execute(text, values).fetchall()
    with contextlib.closing(psycopg2.connect(rig.params)) as db, db.cursor() as cursor:
        cursor.execute(re.sub(r"(?<!:):(\w+)", r"%(\1)s", text.replace("%", "%%")), values)
        return cursor.fetchall()


@pytest.fixture(scope="module")
def owner(rig):
    browser = steps.visitor(rig)
    meter, last = next(iter(steps.meters(browser).items()))
    # corrected once, so that there is an earlier version too
    steps.receipt_of(steps.submit(browser, {meter: last + 4000}))
    browser.receipt = steps.receipt_of(steps.submit(browser, {meter: last + 5000}))
    return browser


@pytest.fixture(scope="module")
def other(rig):
    return steps.visitor(rig)


def account_of(rig, browser):
    return rig.sql("SELECT account_id FROM portal_account_contract WHERE contract_no = ?", browser.contract)[0][0]


def values_of(rig, owner):
    """What a page of the owner binds. An argument that is new here must be told: which value of the owner's is it?"""
    submitted, window = rig.sql("SELECT submitted_at, window_key FROM portal_submission WHERE receipt_no = ?", owner.receipt)[0]
    return {"account": account_of(rig, owner), "contract": owner.contract, "receipt": owner.receipt, "today": submitted[:10],
            "window_key": window, "window_from": window + "-01", "history_from": "0000-01-01", "right": 127, "size": 1000, "skip": 0,
            "meter": None, "issued_from": "0000-01-01", "issued_until": "9999-12-31"}


@pytest.mark.parametrize("name, arguments, text", STATEMENTS, ids=[s[0] for s in STATEMENTS])
def test_only_the_owner_sees_it(rig, owner, other, name, arguments, text):
    values = values_of(rig, owner)
    own = run(rig, text, {argument: values[argument] for argument in arguments})
    assert own, f"{name} shows nothing to its owner: this test could not fail"
    values["account"] = account_of(rig, other)
    foreign = run(rig, text, {argument: values[argument] for argument in arguments})
    if "contract" in arguments or "receipt" in arguments:
        assert foreign == []
    else:  # a list of what somebody has
        assert not {owner.contract, owner.receipt} & {cell for row in foreign for cell in row}


def test_there_are_such_statements():
    assert len(STATEMENTS) >= 9
