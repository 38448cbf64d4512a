/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_PORTAL_SECTION_H
#define WP_PORTAL_SECTION_H

#include <apr_errno.h>
#include <apr_file_io.h>
#include <stdbool.h>
#include <stddef.h>

#include "domain/limits.h"
#include "domain/rights.h"

/* A section of the portal is a C file that ends with its record, or a folder whose section.c does; a stylesheet
 * (xslt/sections/NAME.xsl); and, where it has statements, SQL (sql/sections/NAME.sql). The section declares; the one
 * loop in portal/engine/gates.c enforces login, method, size, form token, contract scope and idempotency for every
 * route, so that a section cannot forget them. */

typedef struct wp_page_t wp_page_t;

/* What a route requires before any of its code runs. */
typedef enum {
    WP_NEED_PUBLIC,   /* nothing; such a page never knows who the person is */
    WP_NEED_SIGNED,   /* a message from a bank, proved by its signature, which reach() checks; GET or POST, any media
                         type, no login */
    WP_NEED_IDENTITY, /* logged in by a configured issuer; perhaps not registered yet */
    WP_NEED_ACCOUNT,  /* an account, perhaps no longer with a contract */
    WP_NEED_CUSTOMER, /* an account with at least one contract */
    WP_NEED_TOKEN,    /* a program with a personal access token: logins are ignored, errors are problem documents */
    WP_NEED_STAFF     /* a login by an issuer marked staff, with the role */
} wp_need_t;

/* How a typed value is checked. It is first cleaned (base/clean.h) and trimmed, so that the check sees what the
 * person meant. Every type rejects control characters. */
typedef enum {
    WP_FIELD_TEXT,   /* one line of at most `max` characters, kept as written: a name */
    WP_FIELD_PLAIN,  /* at most `max` characters that are compared or computed with: a number, a code, search words */
    WP_FIELD_VOLUME, /* at most `max` characters of a meter value, for domain/volume.h; the unit is removed */
    WP_FIELD_KEY,    /* one of the portal's own identifiers: letters, digits, ".", "-", "_", at most 64 */
    WP_FIELD_ID,     /* an id from billing, exactly as billing has it: domain/billing_id.h */
    WP_FIELD_EMAIL,  /* domain/contact.h */
    WP_FIELD_PHONE,  /* domain/contact.h; normalised to E.164 */
    WP_FIELD_CHOICE, /* one of `choices` */
    WP_FIELD_TICK,   /* "1" or absent */
    WP_FIELD_COUNT,  /* a whole number from 1 to max */
    WP_FIELD_DATE,   /* a day as people or browsers write it; normalised to YYYY-MM-DD */
    WP_FIELD_MONTH,  /* domain/month.h; normalised to YYYY-MM */
    WP_FIELD_MONEY,  /* domain/money.h; normalised to "1234.50" */
    WP_FIELD_LITRES  /* a volume as programs write it, in whole litres; normalised to cubic metres: "1202.219" */
} wp_field_type_t;

typedef struct wp_field_t {
    const char *name;
    wp_field_type_t type;
    bool required;
    bool each;    /* repeated: "NAME.KEY", at most 20 different keys, which are ids from billing or made from them */
    bool several; /* an input that may be given more than once, at most `max` times: wp_page_input_list() */
    bool filter;  /* an input of a GET form: shown as typed; if invalid, a problem at its control, not a missing page */
    int max;
    const char *const *choices; /* NULL-terminated; the first is the default of a select */
} wp_field_t;

/* The life of a form: fields checked by type → load (the current state) → check (the section's own rules; adds
 * problems) → if there are no problems, save in a write transaction, exactly once per form key. No page is made on the
 * way; it is made only if the form has to be shown again. */
typedef struct wp_form_def_t {
    const char *name;
    wp_right_t right;    /* required to send it; 0: whoever may see the route may send it */
    wp_limit_t limit;    /* how often a person may send it; there is no form without a limit: 0 is WP_LIMIT_FORMS */
    bool service_counts; /* the service that save() calls counts its own limit; the engine then counts none */
    /* save() finds everything that check() would, in its own transaction: a form whose fields are right is not loaded
     * and checked before. check() is for the form that is shown without being saved. */
    bool save_checks;
    const wp_field_t *fields; /* ends with a NULL name */
    /* With WP_NEED_TOKEN the form comes as JSON: one object, whose members are the fields; those of a repeated field
     * are in the objects of the array `list`, each of which has its key as the member `key`. A "-" of a name is a "_".
     */
    const char *list, *key;
    apr_status_t (*check)(wp_page_t *page); /* read transaction; reports problems with wp_form_problem(); may be NULL */
    apr_status_t (*save)(wp_page_t *page);  /* write transaction; sets the next page with wp_page_go() */
} wp_form_def_t;

typedef enum {
    WP_CONTRACT_NONE, /* the route is not about a contract */
    /* about all contracts that the account may see, together: viewing someone else's contract is audited */
    WP_CONTRACT_ALL,
    /* ?contract=NO, checked against the account; if not given, the only contract, or a page to choose one */
    WP_CONTRACT_REQUIRED,
    WP_CONTRACT_OPTIONAL, /* about one contract if ?contract=NO is given, checked as above; otherwise about all */
    WP_CONTRACT_FOUND     /* the inputs determine it: contract_query returns its number, or the page does not exist */
} wp_contract_use_t;

/* A public route that is not about a contract and has no load, rows, show, record or form does not start a unit of
 * work, so it also works while the database is away. */
typedef struct wp_route_t {
    const char *name; /* page/@route */
    const char *path; /* below the section: "", "/receipt/{receipt}"; {x} is one segment, which becomes the input x */
    wp_need_t need;
    wp_contract_use_t contract;
    wp_right_t right; /* required on the contract; also selects the contracts to choose from. 0: any. Bound as :right */
    bool whole;       /* shows the whole contract, so a right to single meters does not suffice */
    bool stepup;      /* requires a recent login at eID level; its path begins with "/confirm/" (conf/oidc.conf) */
    /* With WP_CONTRACT_FOUND: account scope, returns one row with contract_no; what else the row has, the page shows
     * without a second statement (page->on.row). */
    const char *contract_query;
    const wp_field_t *inputs; /* of path and query; ends with a NULL name; may be NULL */

    /* The stages of a page. Opening it runs load, fill, rows, show. Sending its form runs load, check and then save,
     * and the others only if the form is shown again: because of problems, or because it only computes. All may be
     * NULL. */

    /* Reads what check(), save() and show() have in common, into page->state. Runs inside the read transaction, when
     * there is no document yet. */
    apr_status_t (*load)(wp_page_t *page);
    apr_status_t (*fill)(wp_page_t *page); /* shows what needs no database */
    const char *const *rows;               /* named statements whose rows are added to the page; NULL-terminated */
    /* Shows what a statement alone cannot. It may read more, inside the read transaction. */
    apr_status_t (*show)(wp_page_t *page);

    /* Does what takes time or the network, after show() and while no connection is held: checks a signature, asks a
     * bank. It stores its result in page->found for record(); wp_page_refuse() ends the page. May be NULL. */
    apr_status_t (*reach)(wp_page_t *page);
    /* Records something before the page is shown, in a write transaction that may run twice. What it added to the
     * page in a run that did not commit is removed again. May be NULL; not called if reach() refused or found
     * nothing. */
    apr_status_t (*record)(wp_page_t *page);
    const wp_form_def_t *form; /* what POST does; NULL: GET only */
    /* With WP_NEED_SIGNED, a POST brings a message. Judging by its address alone, could it be for this portal?
     * Called before a byte of it is read, and without the database. NULL: GET only. */
    bool (*awaits)(const wp_page_t *page);
    /* With WP_NEED_TOKEN: the scope that the token must have. A route with a form takes POST only, and may share its
     * path with one that has none. After the form is saved, the program gets what the page shows to which save() leads:
     * 201, or 200 if it was saved before under the same Idempotency-Key. */
    const char *scope;
    const char *media; /* NULL: a page; otherwise the Content-Type of the output of the stylesheet `sheet` */
    const char *sheet; /* a stylesheet of its own under xslt/sections; NULL: the section's */
    const char *file;  /* file name under which the answer is offered for saving; NULL: it is displayed */
    /* Makes the answer from the finished document instead of a stylesheet, in page->pool; runs after the database
     * connection was returned. */
    apr_status_t (*write)(const wp_page_t *page, const char **body, apr_size_t *length);
    /* The same for answers too large for memory: writes to a file (portal/row_spool.h), which is sent from its
     * beginning. */
    apr_status_t (*save_file)(wp_page_t *page, apr_file_t **file, apr_off_t *length);
    /* The route costs many times as much as a page: portal/engine/heavy.h decides whether it may run now. */
    bool heavy;
    wp_limit_t limit; /* how often a person may open it; 0: no limit */
} wp_route_t;

typedef struct wp_section_t {
    const char *name;
    const char *path;         /* below the mount: "/readings" */
    int menu;                 /* position in the menu; 0: not in the menu */
    const wp_route_t *routes; /* ends with a NULL name */
} wp_section_t;

#endif
