/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_CTL_CTL_H
#define WP_CTL_CTL_H

#include <apr_getopt.h>
#include <apr_pools.h>
#include <stdbool.h>

#include "service/act.h"

/* waterportalctl: the second front end to the portal's libraries. Each command has its own file, of the same name, with
 * one record; main.c has the list. */

/* Exit codes, documented in waterportalctl(8). */
typedef enum {
    WP_CTL_DONE = 0,        /* done, nothing wrong */
    WP_CTL_PROBLEMS = 1,    /* check found a fault, and printed it */
    WP_CTL_USAGE = 2,       /* the command line, or a file it names, is wrong */
    WP_CTL_UNREACHABLE = 3, /* no connection to the database */
    WP_CTL_FAILED = 4       /* the database refused; nothing was changed */
} wp_ctl_exit_t;

/* What every command is given. */
typedef struct wp_ctl_t {
    apr_pool_t *pool;
    const char *driver, *params; /* as DBDriver and DBDParams; NULL: not given */
    const char *directory;       /* where the portal's files are installed */
    const char *sql, *xslt;      /* below directory, unless given */
    const char *assets;          /* below directory; NULL if sql or xslt were given: the rest may be absent */
    const char *theme;           /* the site's own stylesheets and texts, or NULL */
    const char *issuers;         /* issuers.json, or NULL */
    const char *secret;          /* the secret file, or NULL */
    const char *other_secret, *person_secret; /* as WaterPortalOtherSecretFile, WaterPortalPersonSecretFile; or NULL */
    const char *agreements;                   /* agreements.json, or NULL */
    apr_table_t *keep;                        /* WaterPortalKeep: name → days; never NULL */
    apr_table_t *help;                        /* WaterPortalHelp: name → text; never NULL */
    const char *origin, *mount, *site_name;   /* WaterPortalOrigin, -Mount and -SiteName, or NULL */
    const char *messages;                     /* WaterPortalMessages: "On" or "Off"; NULL: not given */
    const char *mail, *mail_from, *mail_login, *mail_ca; /* WaterPortalMail and those that begin with it, or NULL */
    const char *sms;                                     /* WaterPortalSMS, or NULL */
    apr_array_header_t *languages;                       /* const char *, the default language first; NULL: not given */
    bool conf;                                           /* a configuration of httpd was read */
    const char *read_timeout; /* the value of its last RequestReadTimeout; "" if mod_reqtimeout is loaded with its
                                 defaults; NULL: neither */
    wp_log_t log;             /* to stderr */
    bool quiet;               /* log nothing: the command reports errors itself */
    wp_queries_t *queries;    /* set by wp_ctl_open */
    wp_db_source_t *source;
} wp_ctl_t;

typedef struct wp_ctl_command_t {
    const char *name;
    const char *summary;                /* its line in the list of commands */
    const apr_getopt_option_t *options; /* its own options, ended by a row of zeros; optch from 256 up; NULL: none */
    /* Takes one of these options; value is NULL for a flag. Returns NULL, or what is wrong with the option. */
    const char *(*take)(int option, const char *value);
    wp_ctl_exit_t (*run)(wp_ctl_t *ctl);
} wp_ctl_command_t;

/* Prints on stderr why a command cannot run; returns WP_CTL_USAGE. */
wp_ctl_exit_t wp_ctl_complain(const char *what);

/* Reads the statements and creates the database source, which connects only when a unit of work begins. Prints what is
 * wrong. */
wp_ctl_exit_t wp_ctl_open(wp_ctl_t *ctl);

/* Runs an act of the system, in a write transaction of its own; it may run twice. What it leaves is in pool. */
typedef apr_status_t (*wp_ctl_work_t)(wp_act_t *act, void *baton);
apr_status_t wp_ctl_act(wp_ctl_t *ctl, apr_pool_t *pool, wp_ctl_work_t work, void *baton);

/* The exit code for a status of wp_db_transact and the schema functions. */
wp_ctl_exit_t wp_ctl_exit_of(apr_status_t status);

/* Checks the ids from billing that occur in addresses and forms (domain/billing_id.h). Reports at most five unusable
 * ids of each kind, with the reason. */
apr_status_t wp_ctl_ids_check(wp_ctl_t *ctl, void (*report)(const char *what));

/* Prints the tables that the portal is made of, as JSON: routes, fields, codes, log events, limits. Needs no
 * database. */
wp_ctl_exit_t wp_ctl_dump(void);

/* Reads the portal's settings from a configuration file of httpd and the files it includes: database, directories,
 * issuers, secret, languages; ${NAME} is replaced from Define lines and the environment. Settings given on the command
 * line take precedence, and so does the first of several. Returns NULL, or what is wrong. */
const char *wp_ctl_read_conf(wp_ctl_t *ctl, const char *file);

#endif
