/* SPDX-License-Identifier: Apache-2.0 */
#include "ctl/carriers.h"

#include <apr_strings.h>
#include <apr_time.h>
#include <string.h>

#include "base/file.h"
#include "delivery/letter.h"
#include "domain/contact.h"
#include "domain/mail_server.h"
#include "identity/issuers.h"

#include "base/banned.h"

static wp_instant_t time_of_day(void)
{
    return apr_time_sec(apr_time_now());
}

const char *const *wp_ctl_languages(const wp_ctl_t *ctl)
{
    static const char *const shipped[] = {"lv", "en", NULL};
    apr_array_header_t *given = ctl->languages;

    if (!given || given->nelts == 0)
        return shipped;
    given = apr_array_copy(ctl->pool, given);
    APR_ARRAY_PUSH(given, const char *) = NULL;
    return (const char *const *)given->elts;
}

/* --- the site --- */

static const char *name_issuers(wp_ctl_t *ctl, wp_site_t *site)
{
    wp_issuers_t *issuers;
    const char *error;

    site->issuers = apr_table_make(ctl->pool, 8);
    if (!ctl->issuers)
        return NULL;
    if (wp_issuers_load(&issuers, ctl->pool, ctl->issuers, &error) != APR_SUCCESS)
        return error;
    for (int i = 0; i < issuers->list->nelts; i++) {
        const wp_issuer_t *issuer = &APR_ARRAY_IDX(issuers->list, i, wp_issuer_t);
        for (const char *const *language = wp_ctl_languages(ctl); *language; language++) {
            const char *name = wp_issuer_text(issuer->names, *language);
            if (name)
                apr_table_setn(site->issuers, apr_pstrcat(ctl->pool, *language, " ", issuer->issuer, NULL), name);
        }
    }
    return NULL;
}

static const char *describe_site(wp_ctl_t *ctl, wp_site_t *site)
{
    if (!ctl->origin || !ctl->mount)
        return "WaterPortalOrigin and WaterPortalMount: messages say where the portal is; give --conf with both";
    site->name = ctl->site_name ? ctl->site_name : "Waterportal";
    site->portal = apr_pstrcat(ctl->pool, ctl->origin, ctl->mount, "/", NULL);
    site->phone = apr_table_get(ctl->help, "service-phone");
    site->hours = apr_table_get(ctl->help, "service-hours");
    return name_issuers(ctl, site);
}

static const char *load_theme(wp_ctl_t *ctl, wp_carrier_t *carrier)
{
    const wp_theme_options_t options = {.directory = ctl->xslt,
                                        .site_directory = ctl->theme,
                                        .languages = wp_ctl_languages(ctl),
                                        .stylesheets = wp_message_stylesheets,
                                        .log = &ctl->log};
    wp_theme_t *theme;

    if (wp_theme_load(&theme, ctl->pool, &options) != APR_SUCCESS)
        return "the stylesheets of messages cannot be used; waterportalctl check says why";
    carrier->theme = theme;
    return NULL;
}

static const char *load_secret(wp_ctl_t *ctl, wp_carrier_t *carrier)
{
    wp_secret_t *secret;
    const char *error;

    if (!ctl->secret)
        return "WaterPortalSecretFile: give --conf, or --secret";
    if (wp_secret_load(&secret, ctl->pool, ctl->secret, &error) != APR_SUCCESS)
        return error;
    carrier->secret = secret;
    return NULL;
}

/* --- servers --- */

/* One line; nobody else may read it. */
static const char *read_login(wp_ctl_t *ctl, const char **login)
{
    wp_file_t file;
    const char *error;

    *login = NULL;
    if (!ctl->mail_login)
        return NULL;
    if (wp_file_read(&file, ctl->pool, ctl->mail_login, &error) != APR_SUCCESS)
        return error;
    if (file.protection & APR_FPROT_WREAD)
        return apr_psprintf(ctl->pool, "%s can be read by everybody: chmod 0640 it", ctl->mail_login);
    file.bytes[strcspn(file.bytes, "\r\n")] = '\0';
    if (!strchr(file.bytes, ':'))
        return apr_psprintf(ctl->pool, "%s: one line, user:password", ctl->mail_login);
    *login = file.bytes;
    return NULL;
}

static const char *open_mail(wp_ctl_t *ctl, wp_carrier_t *carrier)
{
    wp_smtp_options_t options = {.url = ctl->mail, .ca_file = ctl->mail_ca, .timeout_s = carrier->seconds};
    wp_mail_server_t server;

    if (!ctl->mail)
        return NULL;
    if (!wp_mail_server_parse(ctl->mail, &server))
        return apr_psprintf(ctl->pool, "WaterPortalMail: \"%s\" is not smtp://host[:port] or smtps://host[:port]",
                            ctl->mail);
    if (!ctl->mail_from || !wp_email_is_valid(ctl->mail_from))
        return "WaterPortalMailFrom: name the address that e-mails come from: portal@example.org";
    const char *error = read_login(ctl, &options.login);
    if (error)
        return error;
    options.plain = server.local && !server.tls;
    options.helo = wp_letter_domain(ctl->mail_from);
    carrier->from = ctl->mail_from;
    carrier->smtp = wp_smtp_open(ctl->pool, &options);
    return carrier->smtp ? NULL : "libcurl cannot send e-mails";
}

static const char *open_sms(wp_ctl_t *ctl, wp_carrier_t *carrier)
{
    wp_gateway_t *gateway = NULL;
    const char *error = NULL;

    if (ctl->sms && wp_gateway_load(&gateway, ctl->pool, ctl->sms, &error) != APR_SUCCESS)
        return error;
    carrier->gateway = gateway;
    return NULL;
}

const char *wp_ctl_carrier(wp_ctl_t *ctl, int seconds, wp_carrier_t *carrier)
{
    *carrier = (wp_carrier_t){.seconds = seconds, .now = time_of_day};
    const char *error = describe_site(ctl, &carrier->site);
    if (!error)
        error = load_secret(ctl, carrier);
    if (!error)
        error = open_mail(ctl, carrier);
    if (!error)
        error = open_sms(ctl, carrier);
    if (!error && !carrier->smtp && !carrier->gateway)
        error = "WaterPortalMail or WaterPortalSMS: name a server; without one nothing can be sent";
    return error ? error : load_theme(ctl, carrier);
}
