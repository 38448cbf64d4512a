/* SPDX-License-Identifier: Apache-2.0 */
#include "domain/mail_server.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "base/banned.h"

#define HOST_MAX 253
#define PORT_MAX 65535

static const char *const local_hosts[] = {"localhost", "127.0.0.1", "[::1]"};

static size_t host_length(const char *text)
{
    if (*text == '[') {
        size_t inside = strspn(text + 1, "0123456789abcdefABCDEF:.");
        return inside > 1 && text[1 + inside] == ']' ? inside + 2 : 0;
    }
    size_t length = strspn(text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-");
    return length > 0 && text[0] != '.' && text[0] != '-' ? length : 0;
}

static bool is_port(const char *text)
{
    char *end;
    long port = strtol(text, &end, 10);
    return *text >= '1' && *text <= '9' && *end == '\0' && port <= PORT_MAX;
}

bool wp_mail_server_parse(const char *text, wp_mail_server_t *server)
{
    bool tls = strncmp(text, "smtps://", 8) == 0;

    if (!tls && strncmp(text, "smtp://", 7) != 0)
        return false;
    const char *host = text + (tls ? 8 : 7);
    size_t length = host_length(host);
    const char *rest = host + length;
    if (length == 0 || length > HOST_MAX || (*rest != '\0' && !(*rest == ':' && is_port(rest + 1))))
        return false;
    *server = (wp_mail_server_t){.tls = tls};
    for (size_t i = 0; i < sizeof local_hosts / sizeof *local_hosts; i++)
        server->local = server->local ||
                        (strlen(local_hosts[i]) == length && strncmp(local_hosts[i], host, length) == 0);
    return true;
}
