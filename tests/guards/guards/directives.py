# SPDX-License-Identifier: Apache-2.0
"""The directives: each is documented, each member of the configuration is set by one and merged."""
import re

from .house import Fault, guard

CODE, REFERENCE, CONFIG = "mod_waterportal/httpd/directives.c", "docs/directives.md", "mod_waterportal/httpd/config.h"


@guard(Fault(REFERENCE, "WaterPortalEngine is missing", old=r"^## WaterPortalEngine$", new="### WaterPortalEngine"),
       Fault(REFERENCE, "WaterPortalPlanted is no directive", append="\n## WaterPortalPlanted\n"))
def directives_documented(house):
    """docs/directives.md has every directive and no other."""
    code, documented = house.directives(), re.findall(r"^## (\w+)$", house.text(REFERENCE), re.M)
    for name in code:
        if name not in documented:
            house.found(REFERENCE, 1, f"{name} is missing")
    for name in documented:
        if name not in code:
            house.found(REFERENCE, 1, f"{name} is no directive")
    house.looked(len(code), 35, "directives")


@guard(Fault(CONFIG, "no directive sets planted", old=r"^(#define WP_CONFIG_\w+\(X\).*\n)", new=r"\1    X(const char *, planted, NULL) \\\n"),
       Fault(CONFIG, "a member outside WP_CONFIG_MEMBERS is not merged", old=r"^\} wp_config_t;", new="    int planted;\n} wp_config_t;"))
def directives_members(house):
    """Each member of the configuration is set by a directive, and is merged."""
    config, setters = house.text(CONFIG), house.text(CODE)
    members = re.findall(r"X\([^,]+, (\w+),", config) + re.findall(r"^    T\((\w+)\)", config, re.M)
    for member in members:
        if not re.search(rf"MEMBER\({member}\)|->{member}\b|wp_config_t, {member}\)", setters):
            house.found(CONFIG, 1, f"no directive sets {member}")
    body = config.partition("typedef struct wp_config_t {")[2].partition("} wp_config_t;")[0]
    if len(re.findall(r";", re.sub(r"/\*.*?\*/", "", body))) != 1:
        house.found(CONFIG, 1, "a member outside WP_CONFIG_MEMBERS is not merged")
    house.looked(len(members), 30, "members")
