/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_CTL_CARRIERS_H
#define WP_CTL_CARRIERS_H

#include "ctl/ctl.h"
#include "delivery/carrier.h"

/* Makes the carrier that the configuration describes (--conf): site, theme, secret, mail server and SMS provider; each
 * message may take so many seconds. NULL: success, or what is missing or wrong, with the remedy. */
const char *wp_ctl_carrier(wp_ctl_t *ctl, int seconds, wp_carrier_t *carrier);

/* Sends a test message to an e-mail address or telephone number, past the outbox, and prints what to look at. NULL, or
 * why it could not be sent. */
const char *wp_ctl_probe(wp_ctl_t *ctl, const char *address);

/* The languages of WaterPortalLanguages, NULL-terminated, or the portal's own. */
const char *const *wp_ctl_languages(const wp_ctl_t *ctl);

#endif
