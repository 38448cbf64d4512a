/* SPDX-License-Identifier: Apache-2.0 */
#include "db_fixture.h"

#include <apr_file_io.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/banned.h"

static char directory[] = "/tmp/wp-sqlite-XXXXXX";

/* The sqlite3 command, another process as an admin's shell would be. */
static int shell(const char *sql)
{
    pid_t child = fork();
    int status = -1;
    if (child == 0) {
        execlp("sqlite3", "sqlite3", "-bail", db.params, ".timeout 5000", sql, (char *)NULL);
        _exit(127);
    }
    waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

int main(void)
{
    char path[64];
    if (!mkdtemp(directory))
        return 1;
    apr_snprintf(path, sizeof path, "%s/a.db", directory);
    db_open("sqlite3", path, 8);
    shell("pragma journal_mode=wal");
    int failed = _cmocka_run_group_tests("both databases", db_cases, db_case_count, NULL, NULL);
    return failed != 0;
}
