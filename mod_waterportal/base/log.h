/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_BASE_LOG_H
#define WP_BASE_LOG_H

#include <stdbool.h>

#include "base/log_events.h"

/* Logging is inverted: httpd and waterportalctl each supply a writer; the libraries know neither. */
typedef enum { WP_LOG_ERROR, WP_LOG_WARNING, WP_LOG_NOTICE, WP_LOG_INFO, WP_LOG_DEBUG } wp_log_level_t;

/* True for a warning or an error, which an administrator should see. */
bool wp_log_level_is_trouble(wp_log_level_t level);

typedef struct wp_log_t {
    /* Writes one finished line. At notice and above, the line begins with its number (WP0201). */
    void (*write)(void *context, wp_log_level_t level, const char *line);
    void *context;
} wp_log_t;

/* One row of base/log_events.h. The number never changes, because administrators search for it. */
typedef struct wp_log_event_t {
    int number;
    wp_log_level_t level;
    const char *meaning;
    const char *remedy;
} wp_log_event_t;

/* Logs a notice, a warning or an error under its number. The text must not contain personal data: names, codes,
 * addresses, readings. */
void wp_log_event(const wp_log_t *log, wp_event_id_t event, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Logs at info or debug. Only debug may contain what a person typed. */
void wp_log_info(const wp_log_t *log, const char *format, ...) __attribute__((format(printf, 2, 3)));
void wp_log_debug(const wp_log_t *log, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* The event's row, for the documentation guard and for waterportalctl. */
const wp_log_event_t *wp_log_event_find(wp_event_id_t event);

#endif
