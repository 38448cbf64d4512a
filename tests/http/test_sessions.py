# SPDX-License-Identifier: Apache-2.0
"""Where somebody is logged in: each login is listed with its device, can be ended from another one and by the utility, and is worth nothing
from then on. A logout ends it, too."""
import re

import pytest

import steps

PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 19_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.1 Mobile/15E148 Safari/604.1"


def rows(page):
    return re.findall(r'<th scope="row"[^>]*>([^<]*)</th>', page.text)


def sessions(browser):
    return browser.get("/portal/account/sessions")


@pytest.fixture
def devices(rig, login):
    """A new customer, logged in with a computer and a telephone, and with one login of somebody else."""
    desk = steps.visitor(rig)
    phone = rig.browser(agent=PHONE)
    login(phone, desk.person, "bank-b")
    phone.get("/portal/home")
    return desk, phone


def test_each_login_is_listed_with_its_device(devices):
    desk, phone = devices
    page = sessions(desk)
    assert page.status == 200
    assert sorted(rows(page))[-1:] == ["Safari, iOS"] and len(rows(page)) == 2
    assert "Banka B" in page.text and page.text.count("Šī ierīce") == 1
    assert rows(sessions(phone)) == rows(page)


def test_one_that_is_ended_shows_nothing_any_more(devices):
    desk, phone = devices
    page = sessions(desk)
    form = page.form("sessions")
    other = next(value for text, name, value in form.buttons if name == "end" and value != "others")
    page = desk.submit(form, other)
    assert "Sesija ir izbeigta" in page.text and len(rows(page)) == 1
    refused = phone.get("/portal/home")
    assert refused.status == 403 and "Šī sesija ir izbeigta" in refused.text and "Izejiet" in refused.text
    assert desk.get("/portal/home").status == 200


def test_all_others_are_ended_at_once(devices, rig, login):
    desk, phone = devices
    third = rig.browser()
    login(third, desk.person, "bank-a")
    third.get("/portal/home")
    page = desk.submit(sessions(desk).form("sessions"), "others")
    assert "Visas pārējās sesijas ir izbeigtas" in page.text and len(rows(page)) == 1
    assert {b.get("/portal/home").status for b in (phone, third)} == {403}
    assert desk.get("/portal/home").status == 200


def test_a_form_of_an_ended_login_changes_nothing(devices):
    desk, phone = devices
    form = phone.get("/portal/account/reminders").form("reminders")
    desk.submit(sessions(desk).form("sessions"), "others")
    assert phone.submit(form).status == 403


def test_an_ended_login_begins_anew_after_a_logout(devices, login, logout):
    desk, phone = devices
    desk.submit(sessions(desk).form("sessions"), "others")
    logout(phone)
    login(phone, desk.person, "bank-b")
    assert phone.get("/portal/home").status == 200
    assert len(rows(sessions(desk))) == 2


def test_a_logout_ends_it(devices, logout):
    desk, phone = devices
    logout(phone)
    assert len(rows(sessions(desk))) == 1


def test_nobody_ends_a_login_of_somebody_else(devices, rig):
    desk, phone = devices
    foreign = next(value for _, name, value in sessions(desk).form("sessions").buttons if name == "end" and value != "others")
    stranger = steps.visitor(rig)
    form = sessions(stranger).form("sessions")
    pairs = [(name, value) for name, value in form.data() if name != "end"] + [("end", foreign)]
    assert stranger.post(form.action, pairs).status in (200, 303)
    assert phone.get("/portal/home").status == 200


def test_the_utility_ends_a_login(devices, rig):
    desk, phone = devices
    person = ("--person", steps.code_of(rig, desk), "--secret", rig.run / "etc/secret")
    listed = rig.ctl("sessions", *person).stdout.splitlines()
    assert sorted(line.split()[4:6] for line in listed) == [["other", "other"], ["safari", "ios"]]
    rig.ctl("sessions", "--end", next(line.split()[0] for line in listed if "safari ios" in line))
    assert phone.get("/portal/home").status == 403 and desk.get("/portal/home").status == 200
    assert rig.ctl("sessions", *person, "--end-all").stdout == "1 ended\n"
    assert desk.get("/portal/home").status == 403
