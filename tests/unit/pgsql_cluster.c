/* SPDX-License-Identifier: Apache-2.0 */
#include "pgsql_cluster.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/banned.h"

char directory[] = "/tmp/wp-pgsql-XXXXXX";

int cluster(const char *command)
{
    return db_command(PGSQL_SCRIPT, command, directory, NULL);
}

/* psql: another process, as an admin's shell would be. */
int shell(const char *sql)
{
    return db_command("psql", "-qAtX", "-v", "ON_ERROR_STOP=1", "-o", "/dev/null", "-d", db.params, "-c", sql, NULL);
}

int tell(const char *host, const char *database, const char *sql)
{
    return db_command("psql", "-qAtX", "-v", "ON_ERROR_STOP=1", "-o", "/dev/null", "-h", host, "-U", "postgres", "-d",
                      database, "-c", sql, NULL);
}

/* Every connection of the pool has prepared what the load uses. */
void warm_up(void)
{
    db_load_t load = {.threads = 8, .each = 10};
    assert_int_equal(db_change("remove_all", NULL, NULL), APR_SUCCESS);
    db_load(db.source, "warm", &load);
    assert_int_equal(load.done, 80);
}

/* Starts a cluster; the connection string, or NULL and *code for main to return. */
char *start_cluster(char *folder, int *code)
{
    char *params = NULL;
    const char *command[] = {PGSQL_SCRIPT, "start", folder, NULL};
    int output[2];
    size_t size = 0;
    FILE *stream;
    pid_t child;

    if (!mkdtemp(folder) || pipe(output) != 0 || (child = fork()) < 0)
        return NULL;
    if (child == 0) {
        dup2(output[1], 1);
        execv(PGSQL_SCRIPT, (char *const *)command);
        _exit(127);
    }
    close(output[1]);
    stream = fdopen(output[0], "r");
    if (getline(&params, &size, stream) > 0)
        params[strcspn(params, "\n")] = '\0';
    fclose(stream);
    *code = db_wait(child);
    return *code == 0 ? params : NULL;
}
