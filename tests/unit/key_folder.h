/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_TESTS_KEY_FOLDER_H
#define WP_TESTS_KEY_FOLDER_H

#include <apr_pools.h>

/* A folder of key files, made for one test program: NAME.key and NAME.pub in PEM. */

/* names ends with NULL. Begins APR; the pool lives until key_folder_close. False: the test cannot be. */
int key_folder_open(const char *const *names, apr_pool_t **pool);
void key_folder_close(void);

/* The path of a file of it. */
const char *key_folder_file(const char *name);

/* Writes a file there; it goes with the folder. */
void key_folder_write(const char *name, const char *text);

#endif
