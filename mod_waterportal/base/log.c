/* SPDX-License-Identifier: Apache-2.0 */
#include "base/log.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/banned.h"

#define EVENT_ROW(id, number, level, meaning, remedy) {number, WP_LOG_##level, meaning, remedy},
static const wp_log_event_t events[] = {WP_EVENTS(EVENT_ROW)};
#undef EVENT_ROW

#define LINE_MAX_BYTES 2048

bool wp_log_level_is_trouble(wp_log_level_t level)
{
    return level == WP_LOG_ERROR || level == WP_LOG_WARNING;
}

static void write_line(const wp_log_t *log, wp_log_level_t level, const char *format, va_list args)
{
    char line[LINE_MAX_BYTES];
    vsnprintf(line, sizeof line, format, args);
    log->write(log->context, level, line);
}

void wp_log_event(const wp_log_t *log, wp_event_id_t event, const char *format, ...)
{
    const wp_log_event_t *row = wp_log_event_find(event);
    char text[LINE_MAX_BYTES - 256];
    char line[LINE_MAX_BYTES];
    va_list args;

    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    snprintf(line, sizeof line, "WP%04d: %s: %s", row->number, row->meaning, text);
    log->write(log->context, row->level, line);
}

void wp_log_info(const wp_log_t *log, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    write_line(log, WP_LOG_INFO, format, args);
    va_end(args);
}

void wp_log_debug(const wp_log_t *log, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    write_line(log, WP_LOG_DEBUG, format, args);
    va_end(args);
}

const wp_log_event_t *wp_log_event_find(wp_event_id_t event)
{
    return &events[event];
}
