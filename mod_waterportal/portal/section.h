/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_PORTAL_SECTION_H
#define WP_PORTAL_SECTION_H

#include <apr_errno.h>
#include <apr_file_io.h>
#include <stdbool.h>
#include <stddef.h>

#include "portal/limits.h"

/* A section of the portal is one C file that ends with its record, one stylesheet (xslt/sections/NAME.xsl) and one SQL
 * file (sql/sections/NAME.sql). It declares; the one loop in portal/engine/gates.c enforces login, method, size, form
 * token, contract scope and idempotency for every route, so that a section cannot forget them. */

typedef struct wp_page_t wp_page_t;

/* What a route needs before anything of it runs. */
typedef enum {
    WP_NEED_PUBLIC, /* nothing; such a page never knows the person */
    WP_NEED_SIGNED, /* a message that proves itself by its signature: from a bank, by GET or POST, of any media type; no
                       login counts. Its read() checks the signature over the bytes as they came */
    WP_NEED_IDENTITY, /* logged in by an issuer of ours; perhaps not registered yet */
    WP_NEED_ACCOUNT,  /* an account, perhaps without a contract by now */
    WP_NEED_CUSTOMER, /* an account with at least one contract */
    WP_NEED_TOKEN,    /* a program with a personal access token: no login counts there, errors are problem documents */
    WP_NEED_STAFF     /* an issuer marked staff, with the role */
} wp_need_t;

/* What somebody may do on a contract: bits of portal_access.rights. sql/store/portal.sql says which delegation gives
 * which. */
typedef enum {
    WP_RIGHT_READINGS = 1, /* see readings and consumption */
    WP_RIGHT_SUBMIT = 2,   /* submit, correct and withdraw readings */
    WP_RIGHT_INVOICES = 4, /* see invoices and payments */
    WP_RIGHT_PAY = 8,
    WP_RIGHT_CONTRACT = 16,     /* see the contract, its acts and documents */
    WP_RIGHT_APPLICATIONS = 32, /* send and see applications */
    WP_RIGHT_DELEGATE = 64,     /* give rights to others: who has the contract himself */
    WP_RIGHT_ANY = 127
} wp_right_t;

/* How a typed value is checked. Before that it is cleaned (base/clean.h) and trimmed, so that a check reads what was
 * meant. Every type refuses control characters. */
typedef enum {
    WP_FIELD_TEXT,  /* one line of at most `max` characters, kept as written: a name */
    WP_FIELD_PLAIN, /* at most `max` characters that are compared or computed with: a number, a code, words to search */
    WP_FIELD_VOLUME, /* at most `max` characters of a counter's value, for domain/volume.h; its unit is left out */
    WP_FIELD_KEY,    /* an identifier of our own: letters, digits, ".", "-", "_", at most 64 */
    WP_FIELD_ID,     /* an id of billing, exactly as it is there: domain/billing_id.h */
    WP_FIELD_EMAIL,  /* domain/contact.h */
    WP_FIELD_PHONE,  /* domain/contact.h; normalised to E.164 */
    WP_FIELD_CHOICE, /* one of `choices` */
    WP_FIELD_TICK,   /* "1" or absent */
    WP_FIELD_COUNT,  /* a whole number from 1 to max */
    WP_FIELD_DATE,   /* a day as people or browsers write it; normalised to YYYY-MM-DD */
    WP_FIELD_MONTH,  /* domain/month.h; normalised to YYYY-MM */
    WP_FIELD_MONEY   /* domain/money.h; normalised to "1234.50" */
} wp_field_type_t;

typedef struct wp_field_t {
    const char *name;
    wp_field_type_t type;
    bool required;
    bool each;    /* repeated: "NAME.KEY", at most 20 different keys, which are ids of billing or made of them */
    bool several; /* an input that may be given more than once, at most `max` times: wp_page_input_list() */
    bool filter; /* an input of a GET form: shown again as typed, and what is not right is a problem at its control, not
                    a missing page */
    int max;
    const char *const *choices; /* NULL-terminated; the first is the default of a select */
} wp_field_t;

/* A form's life: fields checked by type → load (state as of now) → check (the section's own rules; adds problems) →
 * when there are none, save in a write transaction, exactly once per form key. */
typedef struct wp_form_def_t {
    const char *name;
    wp_right_t right;         /* to send it; 0: who may see the route may send it */
    wp_limit_t limit;         /* how often a person may send it; every form has one: WP_LIMIT_FORMS is 0 */
    const wp_field_t *fields; /* ends with a NULL name */
    apr_status_t (*check)(wp_page_t *page); /* read transaction; wp_form_problem() for what is not right; may be NULL */
    apr_status_t (*save)(wp_page_t *page);  /* write transaction; sets the place to go with wp_page_go() */
} wp_form_def_t;

typedef enum {
    WP_CONTRACT_NONE, /* the route is not about a contract */
    /* about all that the account may see, together: a look at those of others is written down for each */
    WP_CONTRACT_ALL,
    /* ?contract=NO, checked against the account; none given: chosen if there is but one, else asked */
    WP_CONTRACT_REQUIRED,
    WP_CONTRACT_OPTIONAL, /* about one contract when ?contract=NO is given, checked as above; else about all of them */
    WP_CONTRACT_FOUND /* the route's own inputs lead to it: contract_query gives its number, or there is no such page */
} wp_contract_t;

/* A public route about no contract, without show, load, record and form begins no unit of work: it is there also while
 * the database is away. */
typedef struct wp_route_t {
    const char *name; /* page/@route */
    const char *path; /* below the section: "", "/receipt/{receipt}"; {x}, one segment, becomes the input x */
    wp_need_t need;
    wp_contract_t contract;
    wp_right_t right; /* on the contract; also of the contracts to choose from. 0: any. Bound as :right */
    bool whole;       /* it shows the whole contract: not for who has a right on one meter only */
    bool stepup;      /* only right after a login at eID level; its path begins with "/confirm/" (conf/oidc.conf) */
    const char *contract_query; /* with WP_CONTRACT_FOUND: account scope, one row with contract_no */
    const wp_field_t *inputs;   /* of path and query; ends with a NULL name; may be NULL */
    const char *const *show;    /* named statements whose rows stand in the page; NULL-terminated; may be NULL */
    /* What can be said without the database; before show and load. May be NULL. */
    apr_status_t (*fill)(wp_page_t *page);
    /* What a statement alone cannot say; inside the read transaction. May be NULL. */
    apr_status_t (*load)(wp_page_t *page);
    /* What takes time or the network, after load() and while no connection is held: checks a signature, asks a bank. It
     * keeps what it found in page->found, for record(); wp_page_refuse() ends the page. May be NULL. */
    apr_status_t (*reach)(wp_page_t *page);
    /* What is to be written down before the page is shown, in a write transaction that may run twice. What it adds to
     * the page of a run that did not count is taken away again. May be NULL; not called when reach() refused or found
     * nothing. */
    apr_status_t (*record)(wp_page_t *page);
    const wp_form_def_t *form; /* what POST does; NULL: GET only */
    /* With WP_NEED_SIGNED, what POST brings is a message. Can it be for us, as far as its address tells? Asked before a
     * byte of it is read, and without the database. NULL: GET only. */
    bool (*awaits)(const wp_page_t *page);
    const char *scope; /* with WP_NEED_TOKEN: what the token must be good for */
    const char *media; /* NULL: a page; else the Content-Type of what the stylesheet `sheet` writes */
    const char *sheet; /* a stylesheet of its own under xslt/sections; NULL: the section's */
    const char *file;  /* offered under this name for saving; NULL: shown */
    /* Makes the answer of the finished document instead of a stylesheet, in page->pool; after the database was left. */
    apr_status_t (*write)(const wp_page_t *page, const char **body, apr_size_t *length);
    /* The same for what is too large for memory: into a file (portal/row_spool.h), which is sent from its beginning. */
    apr_status_t (*save_file)(wp_page_t *page, apr_file_t **file, apr_off_t *length);
    /* It costs many times what a page costs: portal/engine/heavy.h says when there is room for it. */
    bool heavy;
    wp_limit_t limit; /* how often a person may open it; 0: as often as he likes */
} wp_route_t;

typedef struct wp_section_t {
    const char *name;
    const char *path;         /* below the mount: "/readings" */
    int menu;                 /* place in the menu, 0 for none */
    const wp_route_t *routes; /* ends with a NULL name */
} wp_section_t;

#endif
