/* SPDX-License-Identifier: Apache-2.0 */
#include "town/names.h"

#include <apr_strings.h>

#include "base/banned.h"

#define PICK(random, list) (list)[wp_demo_random_between(random, 0, (int64_t)(sizeof(list) / sizeof((list)[0])) - 1)]

/* [0]: the form for a man, [1]: the form for a woman */
static const char *const surnames[][2] = {
    {"Bērziņš", "Bērziņa"},    {"Kalniņš", "Kalniņa"},    {"Ozoliņš", "Ozoliņa"},     {"Jansons", "Jansone"},
    {"Liepiņš", "Liepiņa"},    {"Krūmiņš", "Krūmiņa"},    {"Balodis", "Balode"},      {"Eglītis", "Eglīte"},
    {"Zariņš", "Zariņa"},      {"Vītols", "Vītola"},      {"Kļaviņš", "Kļaviņa"},     {"Kārkliņš", "Kārkliņa"},
    {"Vanags", "Vanaga"},      {"Šmits", "Šmite"},        {"Āboliņš", "Āboliņa"},     {"Sproģis", "Sproģe"},
    {"Lācis", "Lāce"},         {"Zvirbulis", "Zvirbule"}, {"Grīnbergs", "Grīnberga"}, {"Roze", "Roze"},
    {"Freimanis", "Freimane"}, {"Celmiņš", "Celmiņa"},    {"Žagars", "Žagare"},       {"Ķirsis", "Ķirse"},
    {"Upītis", "Upīte"},       {"Dzenis", "Dzene"},       {"Ģērmanis", "Ģērmane"},    {"Ņikitins", "Ņikitina"},
};
static const char *const men[] = {"Jānis",   "Andris",  "Juris",  "Edgars", "Māris",    "Aivars", "Kārlis",
                                  "Pēteris", "Valdis",  "Guntis", "Ģirts",  "Raimonds", "Uldis",  "Ēriks",
                                  "Žanis",   "Roberts", "Artūrs", "Ivars",  "Kaspars",  "Toms"};
static const char *const women[] = {"Anna",  "Kristīne", "Inese", "Līga",  "Ilze",  "Dace",   "Sandra",
                                    "Inga",  "Evita",    "Ieva",  "Laura", "Zane",  "Agnese", "Baiba",
                                    "Elīna", "Ņina",     "Ruta",  "Vita",  "Daiga", "Santa"};
static const char *const company_names[] = {"Mežmalas nami", "Daugavas krasts", "Rīta rasa",  "Zaļais stūris",
                                            "Ziemeļu maize", "Senā dzirnava",   "Baltā māja", "Ūdensroze",
                                            "Liepu aleja",   "Kuģu būvētava",   "Trīs ozoli", "Pļavas siers",
                                            "Čiekurs",       "Jūras vējš",      "Šūpoles",    "Dzintara aptieka"};
static const char *const streets[] = {"Brīvības gatve", "Stokholmas iela", "Ieriķu iela",           "Lielvārdes iela",
                                      "Struktoru iela", "Stirnu iela",     "Vairoga iela",          "Dzirnavu iela",
                                      "Mežciema iela",  "Ķeguma iela",     "Čiekurkalna 1. līnija", "Ūdens iela",
                                      "Ģertrūdes iela", "Avotu iela",      "Bruņinieku iela",       "Skolas iela",
                                      "Liepājas iela",  "Kapseļu iela",    "Zaļenieku iela",        "Šmerļa iela",
                                      "Ādažu iela",     "Rītupes iela",    "Nīcgales iela",         "Kastrānes iela"};
static const wp_demo_locality_t localities[] = {{"Rīga", "LV-1006"},    {"Rīga", "LV-1014"},      {"Rīga", "LV-1039"},
                                                {"Rīga", "LV-1084"},    {"Rīga", "LV-1057"},      {"Mārupe", "LV-2167"},
                                                {"Ādaži", "LV-2164"},   {"Salaspils", "LV-2121"}, {"Ķekava", "LV-2123"},
                                                {"Garkalne", "LV-2137"}};

const char *wp_demo_person_name(apr_pool_t *pool, wp_demo_random_t *random)
{
    bool woman = wp_demo_random_chance(random, 520);
    const char *given = woman ? PICK(random, women) : PICK(random, men);
    const char *const *surname = PICK(random, surnames);
    return apr_pstrcat(pool, given, " ", surname[woman], NULL);
}

const char *wp_demo_company_name(apr_pool_t *pool, wp_demo_random_t *random)
{
    const char *name = PICK(random, company_names);
    return apr_psprintf(pool, "SIA “%s %d”", name, (int)wp_demo_random_between(random, 2, 999));
}

const char *wp_demo_address(apr_pool_t *pool, wp_demo_random_t *random, bool flat)
{
    const char *street = PICK(random, streets);
    int house = (int)wp_demo_random_between(random, 1, 214);
    if (!flat)
        return apr_psprintf(pool, "%s %d", street, house);
    return apr_psprintf(pool, "%s %d–%d", street, house, (int)wp_demo_random_between(random, 1, 90));
}

const wp_demo_locality_t *wp_demo_locality(wp_demo_random_t *random)
{
    return &PICK(random, localities);
}
