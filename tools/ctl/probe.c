/* SPDX-License-Identifier: Apache-2.0 */
#include <apr_strings.h>
#include <apr_time.h>
#include <stdio.h>

#include "crypto/random.h"
#include "ctl/carriers.h"
#include "data/date_text.h"
#include "delivery/letter.h"
#include "domain/contact.h"

#include "base/banned.h"

#define SECONDS 60

static wp_outbox_row_t make_row(wp_ctl_t *ctl, const char *address, bool mail)
{
    return (wp_outbox_row_t){.id = wp_random_id(ctl->pool),
                             .kind = "test",
                             .channel = mail ? "email" : "sms",
                             .recipient = address,
                             .language = wp_ctl_languages(ctl)[0],
                             .arguments = "{}",
                             .created_at = wp_instant_text(ctl->pool, apr_time_sec(apr_time_now()))};
}

/* What only the receiver sees. */
static void print_hints(wp_ctl_t *ctl, const wp_carrier_t *carrier, const char *id)
{
    const char *domain = wp_letter_domain(carrier->from);

    printf("Open the message where it arrived, with all of its headers, and compare:\n");
    printf("  Authentication-Results  spf=pass, dkim=pass with header.d=%s, dmarc=pass\n", domain);
    printf("  Return-Path             <%s>\n", wp_carrier_envelope(carrier, ctl->pool, id));
    printf("  From                    %s <%s>\n", carrier->site.name, carrier->from);
    printf("  Message-ID              <%s@%s>\n", id, domain);
    printf("If it is among the unwanted ones, or one of these differs: docs/admin.md, \"E-mails and SMS\".\n");
}

const char *wp_ctl_probe(wp_ctl_t *ctl, const char *address)
{
    bool mail = wp_email_is_valid(address);
    char number[WP_PHONE_SIZE];
    wp_carrier_t carrier;
    const char *error = wp_ctl_carrier(ctl, SECONDS, &carrier);

    if (!error && !mail && !wp_phone_parse(address, number))
        error = apr_psprintf(ctl->pool, "\"%s\" is neither an e-mail address nor a telephone number", address);
    if (!error && (mail ? !carrier.smtp : !carrier.gateway))
        error = mail ? "WaterPortalMail: name the mail server" : "WaterPortalSMS: name the file of the SMS provider";
    if (error)
        return error;
    const wp_outbox_row_t row = make_row(ctl, mail ? address : number, mail);
    wp_carriage_t came = wp_carrier_carry(&carrier, ctl->pool, &row);
    const char *answer = came.answer ? came.answer : "";
    if (came.carried != WP_CARRIED_TAKEN)
        return apr_psprintf(ctl->pool, "%s: %s", wp_outbox_reason_name(came.reason), answer);
    printf("handed over: %s\n", answer);
    if (mail)
        print_hints(ctl, &carrier, row.id);
    return NULL;
}
