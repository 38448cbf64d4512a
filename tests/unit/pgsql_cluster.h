/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PGSQL_CLUSTER_H
#define PGSQL_CLUSTER_H

#include "db_fixture.h"

/* Private clusters of PostgreSQL for the tests of the data layer (tests/rig/lib/pgsql). */

/* The first one's folder, as main() made it: the fixture's database lies there. */
extern char directory[];

/* A command of tests/rig/lib/pgsql for it. */
int cluster(const char *command);
/* Makes folder of its pattern and starts a cluster there; the connection string, to be freed, or NULL and *code what
 * the script answered. */
char *start_cluster(char *folder, int *code);

/* psql, another process, as an admin's shell would be: on the fixture's database, or as the superuser of a cluster. */
int shell(const char *sql);
int tell(const char *host, const char *database, const char *sql);

/* Empties the table; every connection of the pool has then prepared what the load uses. */
void warm_up(void);

/* Servers that are stopped, demoted, short of connections or of another encoding. */
extern const struct CMUnitTest server_cases[];
extern const size_t server_case_count;

#endif
