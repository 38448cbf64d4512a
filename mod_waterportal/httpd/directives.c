/* SPDX-License-Identifier: Apache-2.0 */
#include "httpd/config.h"

#include <apr_network_io.h>
#include <apr_strings.h>
#include <stdlib.h>
#include <string.h>

#include "domain/contact.h"
#include "domain/date.h"
#include "domain/mail_server.h"
#include "domain/retention.h"

#include "base/banned.h"

/* Each setter rejects an invalid value and says what is allowed; "apachectl configtest" shows this with file and line.
 * A guard compares docs/directives.md with the table at the end. */

static wp_config_t *config_of(const cmd_parms *command)
{
    return wp_config_of(command->server);
}

static const char *refuse(const cmd_parms *command, const char *value, const char *remedy)
{
    return apr_psprintf(command->pool, "%s: \"%s\" is not valid; %s", command->cmd->name, value, remedy);
}

static const char *set_engine(cmd_parms *command, void *dir, int on)
{
    (void)dir;
    config_of(command)->engine = on;
    return NULL;
}

static const char *set_prepare(cmd_parms *command, void *dir, int on)
{
    (void)dir;
    config_of(command)->prepare = on;
    return NULL;
}

static bool is_path(const char *value)
{
    return value[0] == '/' && value[1] != '\0' && value[strlen(value) - 1] != '/' && !strstr(value, "//") &&
           strspn(value, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./") == strlen(value);
}

/* The table gives the offset of the member to set, so one setter serves all paths, and one all files. */
static const char *set_path(cmd_parms *command, void *dir, const char *value)
{
    (void)dir;
    if (!is_path(value))
        return refuse(command, value, "give a path that starts with / and does not end with it, for example /portal");
    *(const char **)((char *)config_of(command) + (size_t)command->info) = value;
    return NULL;
}

static const char *set_file(cmd_parms *command, void *dir, const char *value)
{
    (void)dir;
    const char *file = ap_server_root_relative(command->pool, value);
    if (!file)
        return refuse(command, value, "give the path of a file or directory");
    *(const char **)((char *)config_of(command) + (size_t)command->info) = file;
    return NULL;
}

/* scheme://host[:port], as browsers write it in the Origin header (RFC 6454, 6.2) */
static const char *set_origin(cmd_parms *command, void *dir, const char *value)
{
    const char *host = strstr(value, "://");
    (void)dir;
    if (!host || strncmp(value, "http", 4) != 0 || host[3] == '\0' ||
        strspn(host + 3, "abcdefghijklmnopqrstuvwxyz0123456789-.:[]") != strlen(host + 3))
        return refuse(command, value,
                      "give scheme and host in lower case, without a slash at the end: https://portal.example.org");
    config_of(command)->origin = value;
    return NULL;
}

/* The address of Redis: a host, or host:port. */
static const char *set_store(cmd_parms *command, void *dir, const char *value)
{
    apr_port_t port;
    char *host, *scope;
    (void)dir;
    if (apr_parse_addr_port(&host, &scope, &port, value, command->pool) != APR_SUCCESS || !host || strchr(host, '/'))
        return refuse(command, value, "give the host of Redis, and its port unless it is 6379: redis.example.org:6380");
    config_of(command)->session_store = value;
    return NULL;
}

static const char *set_text(cmd_parms *command, void *dir, const char *value)
{
    (void)dir;
    if (*value == '\0')
        return refuse(command, value, "give a text");
    *(const char **)((char *)config_of(command) + (size_t)command->info) = value;
    return NULL;
}

typedef struct range_t {
    size_t member;
    int lowest, highest;
    const char *unit;
} range_t;

static const char *set_number(cmd_parms *command, void *dir, const char *value)
{
    const range_t *range = command->info;
    char *end;
    long number = strtol(value, &end, 10);
    (void)dir;
    if (*end || end == value || number < range->lowest || number > range->highest)
        return refuse(command, value,
                      apr_psprintf(command->pool, "give %s from %d to %d", range->unit, range->lowest, range->highest));
    *(int *)((char *)config_of(command) + range->member) = (int)number;
    return NULL;
}

/* Replaces the whole list each time: the last directive wins, as everywhere else. */
static const char *set_languages(cmd_parms *command, void *dir, int count, char *const values[])
{
    apr_array_header_t *languages = apr_array_make(command->pool, count, sizeof(const char *));
    (void)dir;

    if (count == 0)
        return refuse(command, "", "give each language as two letters, the default first: lv en");
    for (int i = 0; i < count; i++) {
        if (strlen(values[i]) != 2 || strspn(values[i], "abcdefghijklmnopqrstuvwxyz") != 2)
            return refuse(command, values[i], "give each language as two letters, the default first: lv en");
        for (int j = 0; j < i; j++) {
            if (strcmp(values[i], values[j]) == 0)
                return refuse(command, values[i], "give each language once");
        }
        APR_ARRAY_PUSH(languages, const char *) = values[i];
    }
    config_of(command)->languages = languages;
    return NULL;
}

typedef struct names_t {
    size_t member; /* an apr_table_t * of wp_config_t */
    const char *const *known;
    const char *remedy;
} names_t;

static const char *set_named(cmd_parms *command, void *dir, const char *what, const char *value)
{
    const names_t *names = command->info;
    (void)dir;
    for (const char *const *known = names->known; *known; known++) {
        if (strcmp(*known, what) == 0) {
            apr_table_setn(*(apr_table_t **)((char *)config_of(command) + names->member), *known, value);
            return NULL;
        }
    }
    return refuse(command, what, names->remedy);
}

static const char *set_qr(cmd_parms *command, void *dir, int on)
{
    (void)dir;
    config_of(command)->payment_qr = on != 0;
    return NULL;
}

static const char *set_persist(cmd_parms *command, void *dir, int on)
{
    (void)dir;
    config_of(command)->dbd_persist = on != 0;
    return NULL;
}

static const char *add_init_sql(cmd_parms *command, void *dir, const char *value)
{
    wp_config_t *config = config_of(command);
    (void)dir;
    if (!config->dbd_init_sql)
        config->dbd_init_sql = apr_array_make(command->pool, 2, sizeof(const char *));
    APR_ARRAY_PUSH(config->dbd_init_sql, const char *) = value;
    return NULL;
}

static const char *set_window(cmd_parms *command, void *dir, const char *value)
{
    wp_window_spec_t *spec = apr_pcalloc(command->pool, sizeof *spec);
    (void)dir;
    if (!wp_window_parse(value, spec))
        return refuse(command, value,
                      "give the first and the last day: 20-last, 25-28, 28-3, or 27-1wd "
                      "(until the next month's first working day)");
    config_of(command)->window = spec;
    return NULL;
}

static const char *set_threshold(cmd_parms *command, void *dir, const char *name, const char *value)
{
    const wp_reading_policy_field_t *field = wp_reading_policy_find(name);
    wp_reading_policy_t scratch;
    char *end;
    long number = strtol(value, &end, 10);
    (void)dir;

    if (!field)
        return refuse(command, name, "docs/reading-rules.md lists the names");
    if (*end || end == value || !wp_reading_policy_set(&scratch, field, number))
        return refuse(command, value,
                      apr_psprintf(command->pool, "%s takes %s from %d to %d", name, field->unit, field->least,
                                   field->most));
    apr_table_setn(config_of(command)->thresholds, field->name, value);
    return NULL;
}

static const char *set_limit(cmd_parms *command, void *dir, const char *name, const char *value)
{
    char *end;
    long number = strtol(value, &end, 10);
    wp_limit_t limit;
    (void)dir;

    if (!wp_limit_find(name, &limit))
        return refuse(command, name, "docs/limits.md lists the names");
    const wp_limit_kind_t *kind = &wp_limit_kinds[limit];
    if (*end || end == value || number < kind->least || number > kind->most)
        return refuse(command, value,
                      apr_psprintf(command->pool, "%s takes a number from %d to %d", name, kind->least, kind->most));
    apr_table_setn(config_of(command)->limits, kind->name, value);
    return NULL;
}

/* The portal itself deletes nothing; "waterportalctl tidy --conf" reads these lines. */
static const char *check_keep(cmd_parms *command, void *dir, const char *name, const char *value)
{
    const wp_retention_t *retention = wp_retention_find(name);
    char *end;
    long days = strtol(value, &end, 10);
    (void)dir;

    if (!retention)
        return refuse(command, name, "docs/limits.md lists the names");
    if (*end || end == value || !wp_retention_allows(retention, days))
        return refuse(command, value,
                      apr_psprintf(command->pool, "%s takes days, from %d to %d", name, retention->least,
                                   WP_RETENTION_MOST));
    return NULL;
}

/* The portal itself sends nothing; "waterportalctl send --conf" reads these lines. */
static const char *check_messages(cmd_parms *command, void *dir, int on)
{
    (void)command;
    (void)dir;
    (void)on;
    return NULL;
}

static const char *check_mail(cmd_parms *command, void *dir, const char *value)
{
    wp_mail_server_t server;
    (void)dir;
    if (!wp_mail_server_parse(value, &server))
        return refuse(command, value,
                      "give the mail server: smtp://host or smtp://host:port (with STARTTLS, except on localhost), or "
                      "smtps://host");
    return NULL;
}

static const char *check_mail_from(cmd_parms *command, void *dir, const char *value)
{
    (void)dir;
    if (!wp_email_is_valid(value))
        return refuse(command, value, "give the address that e-mails come from: portal@example.org");
    return NULL;
}

static const char *check_file(cmd_parms *command, void *dir, const char *value)
{
    (void)dir;
    return *value == '/' ? NULL : refuse(command, value, "give the whole path of a file, from /");
}

static const char *set_fixed_time(cmd_parms *command, void *dir, const char *value)
{
    wp_instant_t ignored;
    (void)dir;
    if (!wp_instant_parse(value, &ignored))
        return refuse(command, value, "give an instant in UTC: 2026-11-22T13:42:00Z");
    config_of(command)->fixed_time = value;
    return NULL;
}

#define MEMBER(name) ((void *)offsetof(wp_config_t, name))

static const char *const helps[] = {"outage-phone", "service-phone", "service-hours", "sms-number", "office", NULL};
static const char *const seller_parts[] = {"name",     "registration", "vat", "street", "city",
                                           "postcode", "iban",         "bic", NULL};
static const names_t help_names =
    {offsetof(wp_config_t, help), helps,
     "give outage-phone, service-phone, service-hours, sms-number or office, then the text"};
static const names_t seller_names =
    {offsetof(wp_config_t, seller), seller_parts,
     "give name, registration, vat, street, city, postcode, iban or bic, then the text"};

static const range_t idle_range = {offsetof(wp_config_t, idle_minutes), 5, 480, "minutes"};
static const range_t token_range = {offsetof(wp_config_t, token_rate), 1, 6000, "a number of requests"};
static const range_t heavy_range = {offsetof(wp_config_t, heavy_requests), 1, 64, "a number of requests"};
static const range_t connections_range = {offsetof(wp_config_t, connections), 1, 256, "a number of connections"};
static const range_t wait_range = {offsetof(wp_config_t, database_wait), 100, 60000, "milliseconds"};
static const range_t statement_range = {offsetof(wp_config_t, statement_timeout), 100, 600000, "milliseconds"};
static const range_t time_range = {offsetof(wp_config_t, database_time), 500, 600000, "milliseconds"};
static const range_t min_range = {offsetof(wp_config_t, dbd_min), 0, 1000, "a number of connections"};
static const range_t keep_range = {offsetof(wp_config_t, dbd_keep), 0, 1000, "a number of connections"};
static const range_t max_range = {offsetof(wp_config_t, dbd_max), 1, 1000, "a number of connections"};
static const range_t exptime_range = {offsetof(wp_config_t, dbd_exptime), 0, 1000000, "seconds"};

/* The directives that begin with DBD are mod_dbd's. httpd passes a directive to every module that declares it: where
 * mod_dbd is loaded for other purposes, both modules read the same line; elsewhere only the portal reads it. */
const command_rec wp_directives[] = {
    AP_INIT_FLAG("WaterPortalEngine", set_engine, NULL, RSRC_CONF,
                 "On: this server has the portal. Off (default): the module does nothing"),
    AP_INIT_TAKE1("WaterPortalMount", set_path, MEMBER(mount), RSRC_CONF,
                  "the path below which all sections are served, for example /portal"),
    AP_INIT_TAKE1("WaterPortalDirectory", set_file, MEMBER(directory), RSRC_CONF,
                  "the installed share/waterportal, with sql/, xslt/ and assets/"),
    AP_INIT_TAKE1("WaterPortalThemeDirectory", set_file, MEMBER(theme_directory), RSRC_CONF,
                  "the site's own stylesheets and texts, which import the portal's"),
    AP_INIT_TAKE1("WaterPortalIssuersFile", set_file, MEMBER(issuers_file), RSRC_CONF,
                  "JSON file of the banks and eID that may identify a person"),
    AP_INIT_TAKE1("WaterPortalAgreementsFile", set_file, MEMBER(agreements_file), RSRC_CONF,
                  "JSON file of the agreements with banks; without it nothing can be paid"),
    AP_INIT_TAKE1("WaterPortalSecretFile", set_file, MEMBER(secret_file), RSRC_CONF,
                  "file of at least 32 random bytes, identical on every node"),
    AP_INIT_TAKE1("WaterPortalOtherSecretFile", set_file, MEMBER(other_secret_file), RSRC_CONF,
                  "while the secret is being changed: the previous or the next one; what was made with it is "
                  "accepted"),
    AP_INIT_TAKE1("WaterPortalPersonSecretFile", set_file, MEMBER(person_secret_file), RSRC_CONF,
                  "the very first secret, once it has been changed: the tags of persons in the database are made "
                  "with it; default WaterPortalSecretFile"),
    AP_INIT_TAKE1("WaterPortalAssetPath", set_path, MEMBER(asset_path), RSRC_CONF,
                  "path of the static files, default /portal-assets"),
    AP_INIT_TAKE1("WaterPortalOrigin", set_origin, NULL, RSRC_CONF,
                  "the portal's address as browsers see it, default that of the virtual host"),
    AP_INIT_TAKE1("WaterPortalSessionCookie", set_text, MEMBER(session_cookie), RSRC_CONF,
                  "the name set by OIDCCookie, default __Host-wp"),
    AP_INIT_TAKE1("WaterPortalSessionStore", set_store, NULL, RSRC_CONF,
                  "the address of OIDCRedisCacheServer, checked before somebody is sent to log in"),
    AP_INIT_TAKE1("WaterPortalOidcCallback", set_path, MEMBER(callback), RSRC_CONF,
                  "the path of OIDCRedirectURI, default MOUNT/oidc"),
    AP_INIT_TAKE1("WaterPortalSiteName", set_text, MEMBER(site_name), RSRC_CONF,
                  "the utility's name in the page header"),
    AP_INIT_TAKE2("WaterPortalHelp", set_named, (void *)&help_names, RSRC_CONF,
                  "a way to reach the utility, shown in every footer: outage-phone, service-phone, service-hours, "
                  "sms-number or office, and its text"),
    AP_INIT_TAKE2("WaterPortalSeller", set_named, (void *)&seller_names, RSRC_CONF,
                  "the utility's name, registration, vat, street, city, postcode, iban or bic, as printed on "
                  "invoices"),
    AP_INIT_FLAG("WaterPortalPaymentQr", set_qr, NULL, RSRC_CONF,
                 "Off: invoices have no QR code for payment; default On"),
    AP_INIT_TAKE_ARGV("WaterPortalLanguages", set_languages, NULL, RSRC_CONF,
                      "the languages of the pages, the default language first; default lv en"),
    AP_INIT_TAKE1("WaterPortalReadingWindow", set_window, NULL, RSRC_CONF,
                  "the days of the month on which readings are accepted, default 20-last"),
    AP_INIT_TAKE2("WaterPortalReadingCheck", set_threshold, NULL, RSRC_CONF,
                  "a threshold of the reading rules and its value"),
    AP_INIT_TAKE1("WaterPortalIdleMinutes", set_number, (void *)&idle_range, RSRC_CONF,
                  "the idle time that the login page states, as OIDCSessionInactivityTimeout sets it; default 20"),
    AP_INIT_TAKE1("WaterPortalTokenRate", set_number, (void *)&token_range, RSRC_CONF,
                  "requests a minute with one personal access token, default 60"),
    AP_INIT_TAKE2("WaterPortalKeep", check_keep, NULL, RSRC_CONF,
                  "how many days something is kept before waterportalctl tidy deletes it: a name from "
                  "docs/limits.md and a number"),
    AP_INIT_FLAG("WaterPortalMessages", check_messages, NULL, RSRC_CONF,
                 "On: waterportalctl send sends e-mails and SMS; default Off"),
    AP_INIT_TAKE1("WaterPortalMail", check_mail, NULL, RSRC_CONF,
                  "the mail server, smtp://host[:port] or smtps://host[:port]; without it no e-mail is sent"),
    AP_INIT_TAKE1("WaterPortalMailFrom", check_mail_from, NULL, RSRC_CONF, "the address that e-mails come from"),
    AP_INIT_TAKE1("WaterPortalMailLoginFile", check_file, NULL, RSRC_CONF,
                  "file with one line user:password for the mail server"),
    AP_INIT_TAKE1("WaterPortalMailCAFile", check_file, NULL, RSRC_CONF,
                  "certificate authorities for the mail server, instead of the system's"),
    AP_INIT_TAKE1("WaterPortalSMS", check_file, NULL, RSRC_CONF,
                  "JSON file that describes the SMS provider; without it no SMS is sent"),
    AP_INIT_TAKE2("WaterPortalLimit", set_limit, NULL, RSRC_CONF,
                  "how much one person may cause: a name from docs/limits.md and a number"),
    AP_INIT_TAKE1("WaterPortalHeavyRequests", set_number, (void *)&heavy_range, RSRC_CONF,
                  "how many downloads and large overviews one process works on at once; default half of "
                  "WaterPortalDatabaseConnections"),
    AP_INIT_TAKE1("WaterPortalDatabaseConnections", set_number, (void *)&connections_range, RSRC_CONF,
                  "how many units of work one process runs at once, at most DBDMax; default 4"),
    AP_INIT_TAKE1("WaterPortalDatabaseWait", set_number, (void *)&wait_range, RSRC_CONF,
                  "the longest wait for a connection or the write lock, in milliseconds; default 3000"),
    AP_INIT_TAKE1("WaterPortalStatementTimeout", set_number, (void *)&statement_range, RSRC_CONF,
                  "the longest time for one statement, in milliseconds; default 10000"),
    AP_INIT_TAKE1("WaterPortalDatabaseTime", set_number, (void *)&time_range, RSRC_CONF,
                  "how much of the database's time one page may use altogether, in milliseconds; default 10000"),
    AP_INIT_TAKE1("DBDriver", set_text, MEMBER(dbd_driver), RSRC_CONF, "sqlite3 or pgsql"),
    AP_INIT_TAKE1("DBDParams", set_text, MEMBER(dbd_params), RSRC_CONF,
                  "the database: a file, or libpq's connection string"),
    AP_INIT_TAKE1("DBDInitSQL", add_init_sql, NULL, RSRC_CONF, "a statement for each new connection"),
    AP_INIT_FLAG("DBDPersist", set_persist, NULL, RSRC_CONF, "Off: a connection for each unit of work; default On"),
    AP_INIT_TAKE1("DBDMin", set_number, (void *)&min_range, RSRC_CONF,
                  "connections opened when a process starts; default 1"),
    AP_INIT_TAKE1("DBDKeep", set_number, (void *)&keep_range, RSRC_CONF,
                  "connections that stay open while idle; default 2"),
    AP_INIT_TAKE1("DBDMax", set_number, (void *)&max_range, RSRC_CONF, "the most connections of a process; default 10"),
    AP_INIT_TAKE1("DBDExptime", set_number, (void *)&exptime_range, RSRC_CONF,
                  "seconds after which idle connections above DBDKeep are closed; default 300"),
    AP_INIT_FLAG("WaterPortalPrepare", set_prepare, NULL, RSRC_CONF,
                 "Off: statements are not prepared, for a transaction-pooling PgBouncer; default On"),
    AP_INIT_TAKE1("WaterPortalFixedTime", set_fixed_time, NULL, RSRC_CONF,
                  "for tests: the portal's clock stands still at this UTC instant"),
    {NULL, {NULL}, NULL, 0, RAW_ARGS, NULL}};
