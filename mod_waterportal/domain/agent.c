/* SPDX-License-Identifier: Apache-2.0 */
#include "domain/agent.h"

#include <stddef.h>
#include <string.h>

#include "base/banned.h"

typedef struct mark_t {
    const char *text, *code;
} mark_t;

/* In this order: each of these browsers also names those after it. Edge says "Chrome" and "Safari" too. */
static const mark_t browsers[] = {{"Firefox/", "firefox"}, {"FxiOS/", "firefox"},          {"Edg", "edge"},
                                  {"OPR/", "opera"},       {"SamsungBrowser/", "samsung"}, {"CriOS/", "chrome"},
                                  {"Chrome/", "chrome"},   {"Safari/", "safari"}};

/* Android also says "Linux", an iPad "like Mac OS X". */
static const mark_t systems[] = {{"Android", "android"}, {"iPhone", "ios"},     {"iPad", "ios"},
                                 {"Windows", "windows"}, {"Mac OS X", "macos"}, {"Linux", "linux"}};

static const char *first_found(const char *agent, const mark_t *marks, size_t count)
{
    for (size_t i = 0; agent && i < count; i++) {
        if (strstr(agent, marks[i].text))
            return marks[i].code;
    }
    return "other";
}

const char *wp_agent_browser(const char *agent)
{
    return first_found(agent, browsers, sizeof browsers / sizeof *browsers);
}

const char *wp_agent_system(const char *agent)
{
    return first_found(agent, systems, sizeof systems / sizeof *systems);
}
