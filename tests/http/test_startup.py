# SPDX-License-Identifier: Apache-2.0
"""Starts and reloads: a portal that cannot be prepared answers 503 and stops no other site; a reload keeps what is compiled."""
import os
import pathlib
import re
import shutil
import time

import pytest

from test_server import around, beside, configtest, configured  # noqa: F401  fixtures

pytestmark = pytest.mark.waits
ETC = {"secret": "WaterPortalSecretFile", "issuers.json": "WaterPortalIssuersFile", "agreements.json": "WaterPortalAgreementsFile"}


def fill(rig, name, how):
    """A file of RUN/etc that is wrong in one way; its path."""
    path = rig.run / "etc" / f"wrong-{name}"
    if how == "missing":
        return path
    if how == "folder":
        path.mkdir()
    elif how == "pipe":
        os.mkfifo(path)
    elif how == "endless":
        return pathlib.Path("/dev/zero")
    elif how == "huge":
        path.write_bytes(b" " * 2_000_000)
        path.chmod(0o600)
    else:
        path.write_text({"empty": "", "broken": '{"issuers": [', "open": "x" * 48}[how])
        path.chmod(0o666 if how == "open" else 0o600)
    return path


@pytest.fixture
def wrong(rig):
    yield lambda name, how: fill(rig, name, how)
    for path in (rig.run / "etc").glob("wrong-*"):
        path.rmdir() if path.is_dir() else path.unlink()


def wrong_file(rig, wrong, name, how):
    return f"{ETC[name]} {wrong(name, how)}\n"


def wrong_folder(rig, wrong, part, how):
    """An installation with one of its folders missing or without anything in it."""
    made = rig.run / "etc" / "wrong-share"
    shutil.rmtree(made, ignore_errors=True)
    made.mkdir()
    for folder in {"sql", "xslt", "assets"} - {part}:
        (made / folder).symlink_to(rig.run / "root/usr/share/waterportal" / folder)
    if how != "missing":
        (made / part).mkdir()
    if how == "broken":
        (made / part / {"sql": "a.sql", "xslt": "error.xsl", "assets": "assets.list"}[part]).write_text("--\n<")
    return f"WaterPortalDirectory {made}\n"


FAULTS = ([(wrong_file, name, how, number) for name, number in (("secret", "WP0606"), ("issuers.json", "WP0605"), ("agreements.json", "WP0608"))
           for how in ("missing", "empty", "broken", "folder", "pipe", "endless", "huge")
           if (name, how) != ("secret", "broken")] + [(wrong_file, "secret", "open", "WP0606")]
          + [(wrong_folder, part, how, "WP0607") for part in ("sql", "xslt", "assets") for how in ("missing", "empty", "broken")])
QUICK = [f for f in FAULTS if f[2] in ("missing", "broken", "pipe", "open")]


@pytest.mark.parametrize("make, part, how, number", FAULTS, ids=lambda x: x if isinstance(x, str) else "")
def test_configtest_refuses(rig, wrong, make, part, how, number):
    result = configtest(rig, make(rig, wrong, part, how))
    shutil.rmtree(rig.run / "etc" / "wrong-share", ignore_errors=True)
    assert result.returncode != 0 and f"{number}:" in result.stderr, result.stderr


@pytest.mark.expects_log("AH00488", "WP0102", "WP06|WP0301", at_least=0)
@pytest.mark.parametrize("make, part, how, number", QUICK, ids=lambda x: x if isinstance(x, str) else "")
def test_a_reload_with_it_stops_no_other_site(rig, configured, beside, wrong, make, part, how, number):  # noqa: F811
    (rig.run / "htdocs" / "other.txt").write_text("the other site\n")
    get = beside('DocumentRoot "${RUN}/htdocs"\n')
    offset = rig.error_log.stat().st_size
    configured(make(rig, wrong, part, how))
    assert get("/other.txt") == (200, "the other site\n")
    browser = rig.browser()
    for path in ("/portal/", "/portal/home", "/portal/public/login", "/portal/oidc?iss=x", "/portal/pay/x/return", "/portal/api/v1", "/portal/nothing"):
        page = browser.get(path, follow=False)
        assert page.status == 503 and page.header("Retry-After") and page.header("Location") is None, page
    page = browser.post("/portal/readings", {"a": "b"}, follow=False)
    assert page.status == 503
    said = "".join(rig.log_since(offset))
    assert f"{number}:" in said and "WP0102:" in said
    shutil.rmtree(rig.run / "etc" / "wrong-share", ignore_errors=True)
    configured("")
    assert browser.get("/portal/").status == 200


@pytest.mark.expects_log("AH00488", "WP0102", "WP06", "WP0103", at_least=0)
def test_all_findings_are_told_not_only_the_first(rig, configured, wrong):  # noqa: F811
    lines = (f"WaterPortalSecretFile {wrong('secret', 'missing')}\nWaterPortalIssuersFile {wrong('issuers.json', 'broken')}\n"
             f"WaterPortalAgreementsFile {wrong('agreements.json', 'folder')}\n" + wrong_folder(rig, wrong, "assets", "missing"))
    tested = configtest(rig, lines).stderr
    offset = rig.error_log.stat().st_size
    configured(lines)
    started = "".join(rig.log_since(offset))
    for number in ("WP0605:", "WP0606:", "WP0607:", "WP0608:"):
        assert number in tested and number in started
    shutil.rmtree(rig.run / "etc" / "wrong-share", ignore_errors=True)


@pytest.mark.expects_log("AH00488", "WP0102", "WP0103", at_least=0)
def test_directives_that_are_missing_stop_no_other_site(rig, configured, beside):  # noqa: F811
    """A portal that does not know its place serves nothing, and takes no other's."""
    offset = rig.error_log.stat().st_size
    get = beside('WaterPortalEngine On\nWaterPortalDirectory "${WATERPORTAL_DATA}"\nDocumentRoot "${RUN}/htdocs"\n')
    configured("")
    said = "".join(rig.log_since(offset))
    assert all(f"{name}:" in said for name in ("WaterPortalMount", "WaterPortalIssuersFile", "WaterPortalSecretFile"))
    (rig.run / "htdocs" / "other.txt").write_text("the other site\n")
    assert get("/other.txt")[0] == 200 and get("/portal/")[0] == 404
    assert rig.browser().get("/portal/").status == 200
    tested = configtest(rig, "")
    assert tested.returncode != 0 and "WP0103:" in tested.stderr


def memory(rig):
    """Kilobytes of the parent, which compiles."""
    return int(re.search(r"^VmRSS:\s+(\d+)", pathlib.Path(f"/proc/{rig.apache_pid}/status").read_text(), re.M)[1])


COMPILED, AHEAD = "the stylesheets were compiled", "a reload takes them at once"


def compiles(rig, reload):
    """How often a reload compiled."""
    offset = rig.error_log.stat().st_size
    reload()
    return sum(COMPILED in line for line in rig.log_since(offset))


@pytest.fixture
def theme(rig):
    """theme(words): a theme of the site that contains these words."""
    folder = rig.run / "etc" / "theme"
    (folder / "l10n").mkdir(parents=True)

    def write(words):
        (folder / "l10n" / "lv.xml").write_text(f'<texts lang="lv" plural="lv"><text key="privacy.title">{words}</text></texts>')
        return f"WaterPortalThemeDirectory {folder}\n"

    yield write
    shutil.rmtree(folder)


@pytest.mark.expects_log("AH00488", at_least=0)
def test_a_reload_compiles_only_what_changed(rig, configured, theme):  # noqa: F811
    assert compiles(rig, lambda: configured(theme("Pirmais"))) == 1
    assert "Pirmais" in rig.browser().get("/portal/public/privacy").text
    assert compiles(rig, rig.graceful) == 0
    assert "Pirmais" in rig.browser().get("/portal/public/privacy").text
    theme("Otrais")
    assert compiles(rig, rig.graceful) == 1
    assert "Otrais" in rig.browser().get("/portal/public/privacy").text
    assert compiles(rig, lambda: configured("WaterPortalLanguages en\n")) == 1  # of languages, too, and of what else goes into them


@pytest.mark.expects_log("AH00488", at_least=0)
def test_a_changed_theme_is_compiled_before_the_reload(rig, configured, theme):  # noqa: F811
    """By the parent, which checks every ten seconds, once it has found the same twice; until the reload nobody sees it."""
    configured(theme("Pirmais"))
    offset = rig.error_log.stat().st_size
    theme("Trešais")
    rig.wait_for_log(AHEAD, offset, 40)
    assert "Pirmais" in rig.browser().get("/portal/public/privacy").text
    assert compiles(rig, rig.graceful) == 0
    assert "Trešais" in rig.browser().get("/portal/public/privacy").text


@pytest.mark.expects_log("WP0301", "AH00488", at_least=0)
def test_a_broken_theme_is_told_ahead_once(rig, configured, theme):  # noqa: F811
    configured(theme("Pirmais"))
    offset = rig.error_log.stat().st_size
    (rig.run / "etc" / "theme" / "error.xsl").write_text("<xsl:stylesheet")
    rig.wait_for_log("WP0301", offset, 40)
    time.sleep(25)
    assert sum("WP0301" in line for line in rig.log_since(offset)) == 2  # once in each language
    assert rig.browser().get("/portal/nothing", follow=False).status in (302, 404)


@pytest.mark.expects_log("AH00488", at_least=0)
@pytest.mark.parametrize("changed", [False, True])
def test_fifty_reloads_leave_no_memory_behind(rig, configured, theme, changed):  # noqa: F811
    configured(theme("Nulle"))
    sizes = []
    for number in range(50 if not changed else 20):
        if changed:
            theme(f"Reize {number}")
        rig.graceful()
        sizes.append(memory(rig))
    assert max(sizes[-5:]) < sizes[5] + 8192, sizes  # one theme has more than that
