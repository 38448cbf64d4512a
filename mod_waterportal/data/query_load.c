/* SPDX-License-Identifier: Apache-2.0 */
#include <apr_file_info.h>
#include <apr_fnmatch.h>
#include <apr_lib.h>
#include <apr_strings.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "data/query_file.h"

#include "base/banned.h"

/* For a checkout; when installed, all files lie in one folder. Not demo, whose statements write billing's tables. */
static const char *const folders[] = {"schema", "store", "ctl", "sections", NULL};

/* By the file's name alone: the order must not depend on its folder. Every file may use what is in clauses.sql. */
static int compare_names(const void *left, const void *right)
{
    const char *a = apr_filepath_name_get(*(const char *const *)left),
               *b = apr_filepath_name_get(*(const char *const *)right);
    int order = (strcmp(b, "clauses.sql") == 0) - (strcmp(a, "clauses.sql") == 0);
    return order ? order : strcmp(a, b);
}

static apr_status_t load_file(wp_queries_t *queries, apr_pool_t *pool, const char *path, const char **error)
{
    wp_file_t file;
    apr_status_t status = wp_file_read(&file, pool, path, error);

    if (status != APR_SUCCESS)
        return status;
    if (strlen(file.bytes) != file.length) {
        *error = apr_psprintf(pool, "%s: has a NUL, which would hide what follows it", path);
        return APR_EINVAL;
    }
    return wp_query_parse(queries, pool, apr_filepath_name_get(path), file.bytes, error);
}

/* Nobody could run the step that is missing. */
static apr_status_t check_versions(const wp_queries_t *queries, apr_pool_t *pool, const char *directory,
                                   const char **error)
{
    int version = 0;

    for (int i = 0; i < queries->steps->nelts; i++) {
        const wp_schema_step_t *step = APR_ARRAY_IDX(queries->steps, i, const wp_schema_step_t *);
        if (step->version > version + 1) {
            *error = apr_psprintf(pool, "%s: no schema step %d before step %d of %s", directory, version + 1,
                                  step->version, step->file);
            return APR_EINVAL;
        }
        version = step->version;
    }
    return APR_SUCCESS;
}

/* The paths of the SQL files in one folder; none if the folder does not exist. */
static apr_status_t find_files(apr_array_header_t *paths, const char *folder)
{
    apr_array_header_t *names;
    apr_status_t status = apr_match_glob(apr_pstrcat(paths->pool, folder, "/*.sql", NULL), &names, paths->pool);

    for (int i = 0; status == APR_SUCCESS && i < names->nelts; i++)
        APR_ARRAY_PUSH(paths, const char *) = apr_pstrcat(paths->pool, folder, "/",
                                                          APR_ARRAY_IDX(names, i, const char *), NULL);
    return APR_STATUS_IS_ENOENT(status) ? APR_SUCCESS : status;
}

apr_status_t wp_queries_load(wp_queries_t **queries, apr_pool_t *pool, const char *directory, const char **error)
{
    apr_array_header_t *paths = apr_array_make(pool, 32, sizeof(const char *));
    apr_status_t status = find_files(paths, directory);

    *queries = wp_queries_make(pool);
    *error = NULL;
    for (const char *const *folder = folders; *folder && status == APR_SUCCESS; folder++)
        status = find_files(paths, apr_pstrcat(pool, directory, "/", *folder, NULL));
    if (status == APR_SUCCESS && paths->nelts == 0)
        status = APR_ENOENT;
    if (status != APR_SUCCESS) {
        *error = apr_psprintf(pool, "%s/*.sql: %pm", directory, &status);
        return status;
    }
    qsort(paths->elts, (size_t)paths->nelts, (size_t)paths->elt_size, compare_names);
    for (int i = 0; i < paths->nelts && status == APR_SUCCESS; i++)
        status = load_file(*queries, pool, APR_ARRAY_IDX(paths, i, const char *), error);
    return status == APR_SUCCESS ? check_versions(*queries, pool, directory, error) : status;
}
