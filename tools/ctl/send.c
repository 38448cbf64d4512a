/* SPDX-License-Identifier: Apache-2.0 */
#include <apr_strings.h>
#include <apr_time.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <strings.h>

#include "ctl/carriers.h"
#include "notify/dispatch.h"

#include "base/banned.h"

/* Sends what waits in the outbox: once, or until it is told to stop. */

enum { OPTION_WATCH = 256, OPTION_LEASE };

#define LEASE_DEFAULT 120
#define LEASE_LEAST   2
#define LEASE_MOST    3600
#define IDLE_USEC     1000000
#define DOWN_USEC     10000000 /* the database did not answer */
#define STEP_USEC     100000   /* how soon a stop is noticed */
#define AWAY_SECONDS  15       /* how long a server that was away is left alone */

static const apr_getopt_option_t options[] =
    {{"watch", OPTION_WATCH, 0, "go on until SIGTERM: look every second for new messages"},
     {"lease", OPTION_LEASE, 1, "messages of a sender that ended are sent by another one after so many seconds (120)"},
     {NULL, 0, 0, NULL}};

static bool watch;
static int lease_s = LEASE_DEFAULT;
static volatile int stop;

static const char *take(int option, const char *value)
{
    char *end;
    if (option == OPTION_WATCH) {
        watch = true;
        return NULL;
    }
    lease_s = (int)strtol(value, &end, 10);
    return *end || end == value || lease_s < LEASE_LEAST || lease_s > LEASE_MOST
               ? "--lease takes a number of seconds from 2 to 3600"
               : NULL;
}

static void note_stop(int number)
{
    (void)number;
    stop = 1;
}

/* A message in transmission is finished first: see wp_dispatch_t.stop. */
static void listen_for_stop(void)
{
    struct sigaction action = {.sa_handler = note_stop};

    sigemptyset(&action.sa_mask);
    sigaction(SIGTERM, &action, NULL);
    sigaction(SIGINT, &action, NULL);
}

static wp_instant_t time_of_day(void)
{
    return apr_time_sec(apr_time_now());
}

static void report_away(wp_ctl_t *ctl, const wp_dispatch_tally_t *tally)
{
    if (tally->email_away)
        wp_log_event(&ctl->log, WP_EV_SEND_AWAY, "e-mail");
    if (tally->sms_away)
        wp_log_event(&ctl->log, WP_EV_SEND_AWAY, "SMS");
    if (tally->never)
        wp_log_event(&ctl->log, WP_EV_SEND_FAILED, "%d in this round", tally->never);
}

/* While it watches, a round that did nothing is not worth a line. */
static void print_tally(const wp_dispatch_tally_t *tally)
{
    if (watch && !tally->taken && !tally->later && !tally->never && !tally->swept)
        return;
    printf("%d sent, %d put off, %d failed, %d taken back\n", tally->taken, tally->later, tally->never, tally->swept);
    fflush(stdout);
}

static apr_status_t round_once(wp_ctl_t *ctl, const wp_dispatch_t *sender, wp_dispatch_tally_t *tally)
{
    apr_pool_t *pool;
    apr_status_t status = apr_pool_create(&pool, ctl->pool);

    if (status != APR_SUCCESS)
        return status;
    status = wp_dispatch_round(sender, pool, tally);
    apr_pool_destroy(pool);
    report_away(ctl, tally);
    print_tally(tally);
    return status;
}

/* For so long a channel is left alone whose server was away. */
static void leave_alone(wp_dispatch_t *sender, const wp_dispatch_tally_t *tally, const wp_carrier_t *carrier)
{
    static int email, sms; /* rounds, of a second each */

    email = tally->email_away ? AWAY_SECONDS : email > 0 ? email - 1 : 0;
    sms = tally->sms_away ? AWAY_SECONDS : sms > 0 ? sms - 1 : 0;
    sender->email = carrier->smtp && email == 0;
    sender->sms = carrier->gateway && sms == 0;
}

/* A database that is away is waited for. */
static wp_ctl_exit_t go_on(wp_ctl_t *ctl, wp_dispatch_t *sender, const wp_carrier_t *carrier)
{
    wp_dispatch_tally_t tally;

    while (!stop) {
        apr_status_t status = round_once(ctl, sender, &tally);
        int idle = status == APR_SUCCESS ? IDLE_USEC : DOWN_USEC;
        leave_alone(sender, &tally, carrier);
        for (int slept = 0; slept < idle && !stop; slept += STEP_USEC)
            apr_sleep(STEP_USEC);
    }
    return WP_CTL_DONE;
}

static wp_ctl_exit_t send_all(wp_ctl_t *ctl, wp_carrier_t *carrier)
{
    wp_dispatch_t sender = {.source = ctl->source,
                            .carry = wp_carrier_carry,
                            .context = carrier,
                            .email = carrier->smtp,
                            .sms = carrier->gateway,
                            .lease_s = lease_s,
                            .now = time_of_day,
                            .stop = &stop,
                            .log = &ctl->log};
    wp_dispatch_tally_t tally;

    listen_for_stop();
    if (watch)
        return go_on(ctl, &sender, carrier);
    apr_status_t status = round_once(ctl, &sender, &tally);
    if (status != APR_SUCCESS)
        return wp_ctl_exit_of(status);
    return tally.email_away || tally.sms_away || tally.never ? WP_CTL_PROBLEMS : WP_CTL_DONE;
}

static wp_ctl_exit_t run(wp_ctl_t *ctl)
{
    wp_carrier_t carrier;

    if (!ctl->conf)
        return wp_ctl_complain("send needs --conf, with the mail server and the SMS provider");
    if (!ctl->messages || strcasecmp(ctl->messages, "On") != 0)
        return wp_ctl_complain("WaterPortalMessages is not On: nothing is sent (docs/admin.md)");
    const char *error = wp_ctl_carrier(ctl, lease_s / 2, &carrier);
    if (error)
        return wp_ctl_complain(error);
    wp_ctl_exit_t code = wp_ctl_open(ctl);
    return code == WP_CTL_DONE ? send_all(ctl, &carrier) : code;
}

const wp_ctl_command_t wp_ctl_send = {"send", "sends the messages that wait in the outbox", options, take, run};
