/* SPDX-License-Identifier: Apache-2.0 */
#include "bank/agreement.h"

#include <apr_strings.h>
#include <jansson.h>
#include <string.h>

#include "base/json_pool.h"
#include "domain/reference.h"
#include "bank/bank.h"

#include "base/banned.h"

#define MINUTES_DEFAULT 1440 /* banks repeat their messages for a day */
#define MINUTES_MAX     20160
#define KEY_MAX         32
#define WARNING_DAYS    30 /* before a certificate expires */

typedef struct reader_t {
    apr_pool_t *pool;
    const char *file, *folder;
    apr_size_t row;
    json_t *object;
    wp_agreement_t *made;
    const char **error;
} reader_t;

static bool fail(const reader_t *reader, const char *what)
{
    *reader->error = apr_psprintf(reader->pool, "%s: agreements[%" APR_SIZE_T_FMT "]: %s", reader->file, reader->row,
                                  what);
    return false;
}

/* Relative to the file that names it. */
static const char *path_of(const reader_t *reader, const char *name)
{
    return *name == '/' ? name : apr_pstrcat(reader->pool, reader->folder, name, NULL);
}

static const char *text(const reader_t *reader, const char *member)
{
    const char *value = json_string_value(json_object_get(reader->object, member));
    return value && *value ? apr_pstrdup(reader->pool, value) : NULL;
}

/* --- one member each; false after storing the error --- */

static bool take_key(reader_t *reader)
{
    const char *key = text(reader, "key");
    if (!key || strlen(key) > KEY_MAX || strspn(key, "abcdefghijklmnopqrstuvwxyz0123456789-") != strlen(key))
        return fail(reader, "\"key\" must be small letters, digits and \"-\": it stands in addresses");
    reader->made->key = key;
    return true;
}

static bool take_way(reader_t *reader)
{
    const char *way = text(reader, "way");
    reader->made->bank = way ? wp_bank_find(way) : NULL;
    return reader->made->bank || fail(reader, "\"way\" must be \"form\", the signed form of a bank link, or "
                                              "\"swedbank\", the Payment Initiation API V3");
}

static bool take_profile(reader_t *reader)
{
    const char *profile = text(reader, "profile");

    reader->made->profile = profile ? wp_bank_profile_find(profile) : NULL;
    return reader->made->profile ||
           fail(reader, "\"profile\" must be \"vk-008\", \"vk-009\", \"seb-elink\" or \"seb-elink-plain\"");
}

/* An API: the bank that receives the orders, and how messages are signed. Paths are appended to the base address. */
static bool take_api(reader_t *reader)
{
    const char *algorithm = text(reader, "algorithm");

    reader->made->bic = text(reader, "bic");
    reader->made->algorithm = wp_jws_algorithm_find(algorithm ? algorithm : "RS512");
    if (!reader->made->bic ||
        strspn(reader->made->bic, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789") != strlen(reader->made->bic))
        return fail(reader, "\"bic\" must be that of the bank: capital letters and digits");
    return reader->made->algorithm ||
           fail(reader, "\"algorithm\" must be \"RS512\" or \"RS256\", as agreed with the bank");
}

static bool take_message_form(reader_t *reader)
{
    return reader->made->bank->poll ? take_api(reader) : take_profile(reader);
}

static bool take_names(reader_t *reader)
{
    reader->made->names = wp_json_texts(reader->pool, json_object_get(reader->object, "name_by_language"));
    return !apr_is_empty_table(reader->made->names) ||
           fail(reader, "\"name_by_language\" must give what customers read: {\"lv\": \"…\"}");
}

static bool take_ids(reader_t *reader)
{
    reader->made->our_id = text(reader, "our_id");
    reader->made->bank_id = text(reader, "bank_id");
    return (reader->made->our_id && reader->made->bank_id) ||
           fail(reader, "\"our_id\" and \"bank_id\" must be those of the agreement");
}

static bool take_url(reader_t *reader)
{
    const char *url = text(reader, "url");
    if (!url || strncmp(url, "https://", 8) != 0 || strpbrk(url, " ;,'\"\\\r\n\t"))
        return fail(reader, "\"url\" must be the bank's https address for orders");
    size_t length = strlen(url);
    reader->made->url = reader->made->bank->poll && url[length - 1] == '/'
                            ? apr_pstrmemdup(reader->pool, url, length - 1)
                            : url;
    reader->made->origin = apr_pstrndup(reader->pool, url, 8 + strcspn(url + 8, "/?#"));
    return true;
}

static bool take_account(reader_t *reader)
{
    const char *iban = text(reader, "iban");
    char *electronic = apr_palloc(reader->pool, WP_IBAN_SIZE);
    if (!iban || wp_iban_parse(iban, strlen(iban), electronic) != WP_REFERENCE_OK)
        return fail(reader, "\"iban\" must be the utility's account at this bank");
    reader->made->iban = electronic;
    reader->made->name = text(reader, "name");
    return reader->made->name || fail(reader, "\"name\" must be the utility's name as the bank has it");
}

static bool take_minutes(reader_t *reader)
{
    json_t *minutes = json_object_get(reader->object, "minutes");
    reader->made->minutes = minutes ? (int)json_integer_value(minutes) : MINUTES_DEFAULT;
    if (!minutes ||
        (json_is_integer(minutes) && reader->made->minutes > 0 && json_integer_value(minutes) <= MINUTES_MAX))
        return true;
    return fail(reader,
                "\"minutes\" must be a number from 1 to 20160: after so long without news an order counts as expired");
}

static bool take_own_key(reader_t *reader)
{
    const char *key = text(reader, "key_file"), *certificate = text(reader, "certificate_file"), *why;
    if (!key)
        return fail(reader, "\"key_file\" must name the utility's private key");
    if (wp_sign_private_key_load(&reader->made->own_key, reader->pool, path_of(reader, key), &why) != APR_SUCCESS)
        return fail(reader, why);
    if (certificate && wp_sign_public_key_load(&reader->made->own_certificate, reader->pool,
                                               path_of(reader, certificate), &why) != APR_SUCCESS)
        return fail(reader, why);
    return true;
}

static bool take_bank_keys(reader_t *reader)
{
    json_t *files = json_object_get(reader->object, "bank_certificate_files"), *value;
    const char *why;
    size_t i;

    reader->made->bank_keys = apr_array_make(reader->pool, 2, sizeof(wp_sign_key_t *));
    json_array_foreach(files, i, value)
    {
        const char *name = json_string_value(value);
        if (!name || wp_sign_public_key_load(&APR_ARRAY_PUSH(reader->made->bank_keys, wp_sign_key_t *), reader->pool,
                                             path_of(reader, name), &why) != APR_SUCCESS)
            return fail(reader, name ? why : "\"bank_certificate_files\" must list names of files");
    }
    return reader->made->bank_keys->nelts > 0 ||
           fail(reader, "\"bank_certificate_files\" must list the bank's certificates");
}

static bool take_ca(reader_t *reader)
{
    const char *file = text(reader, "ca_file");
    reader->made->ca_file = file ? path_of(reader, file) : NULL;
    return true;
}

static bool (*const takers[])(reader_t *reader) = {take_key,       take_way,     take_message_form,
                                                   take_names,     take_ids,     take_url,
                                                   take_account,   take_minutes, take_own_key,
                                                   take_bank_keys, take_ca};

static bool knows_members(const reader_t *reader)
{
    static const char *const known[] = {"key",
                                        "way",
                                        "profile",
                                        "name_by_language",
                                        "our_id",
                                        "bank_id",
                                        "bic",
                                        "algorithm",
                                        "url",
                                        "iban",
                                        "name",
                                        "minutes",
                                        "key_file",
                                        "certificate_file",
                                        "bank_certificate_files",
                                        "ca_file"};
    const char *member;
    json_t *value;

    json_object_foreach(reader->object, member, value)
    {
        bool found = false;
        for (size_t i = 0; i < sizeof known / sizeof *known && !found; i++)
            found = strcmp(known[i], member) == 0;
        if (!found)
            return fail(reader,
                        apr_psprintf(reader->pool, "\"%.40s\" is no member of an agreement; is it misspelt?", member));
    }
    return json_is_object(reader->object) || fail(reader, "must be an object");
}

static bool read_agreement(reader_t *reader, const wp_agreements_t *agreements)
{
    if (!knows_members(reader))
        return false;
    for (size_t i = 0; i < sizeof takers / sizeof *takers; i++) {
        if (!takers[i](reader))
            return false;
    }
    return !wp_agreement_find(agreements, reader->made->key) || fail(reader, "this key occurs more than once");
}

static const char *folder_of(apr_pool_t *pool, const char *file)
{
    const char *slash = strrchr(file, '/');
    return slash ? apr_pstrmemdup(pool, file, (apr_size_t)(slash - file) + 1) : "";
}

/* Whoever can write to this file can redirect money. */
static bool is_private(apr_pool_t *pool, const wp_file_t *read, const char *file, const char **error)
{
    if (!(read->protection & APR_FPROT_WWRITE))
        return true;
    *error = apr_psprintf(pool, "%s: everybody may write it; chmod o-w", file);
    return false;
}

static json_t *read_file(apr_pool_t *pool, const char *file, const char **error)
{
    wp_file_t read;

    if (wp_file_read(&read, pool, file, error) != APR_SUCCESS || !is_private(pool, &read, file, error))
        return NULL;
    return wp_json_parse_file(pool, &read, file, error);
}

apr_status_t wp_agreements_load(wp_agreements_t **agreements, apr_pool_t *pool, const char *file, const char **error)
{
    reader_t reader = {.pool = pool, .file = file, .folder = folder_of(pool, file), .error = error};
    json_t *root = read_file(pool, file, error);

    *agreements = NULL;
    if (!root)
        return APR_EGENERAL;
    json_t *array = json_object_get(root, "agreements");
    if (json_array_size(array) == 0 || json_object_size(root) != 1) {
        *error = apr_psprintf(pool, "%s: needs {\"agreements\": [ … ]} with at least one agreement, and nothing else",
                              file);
        return APR_EGENERAL;
    }
    wp_agreements_t *made = apr_pcalloc(pool, sizeof *made);
    made->list = apr_array_make(pool, 4, sizeof(wp_agreement_t));
    for (; reader.row < json_array_size(array); reader.row++) {
        wp_agreement_t agreement = {0};
        reader.object = json_array_get(array, reader.row);
        reader.made = &agreement;
        if (!read_agreement(&reader, made))
            return APR_EGENERAL;
        APR_ARRAY_PUSH(made->list, wp_agreement_t) = agreement;
    }
    *agreements = made;
    return APR_SUCCESS;
}

static void add_end(apr_array_header_t *problems, wp_instant_t ends, wp_instant_t now, const char *const words[2])
{
    if (ends && ends < now + (wp_instant_t)WARNING_DAYS * 86400)
        APR_ARRAY_PUSH(problems, const char *) = words[ends >= now];
}

void wp_agreement_check(const wp_agreement_t *agreement, wp_instant_t now, apr_pool_t *pool,
                        apr_array_header_t *problems)
{
    static const char *const ours[] = {"\"certificate_file\" has ended: give the bank a new one",
                                       "\"certificate_file\" ends within 30 days: give the bank a new one"};
    static const char *const theirs[] =
        {"a certificate of the bank has ended: ask the bank for its new one",
         "a certificate of the bank ends within 30 days: add its new one to \"bank_certificate_files\""};

    if (agreement->own_certificate && !wp_sign_keys_match(agreement->own_key, agreement->own_certificate))
        APR_ARRAY_PUSH(problems, const char *) =
            "\"certificate_file\" is not of the key in \"key_file\": the bank would refuse every order";
    if (agreement->own_certificate)
        add_end(problems, wp_sign_key_ends(agreement->own_certificate), now, ours);
    for (int i = 0; i < agreement->bank_keys->nelts; i++)
        add_end(problems, wp_sign_key_ends(APR_ARRAY_IDX(agreement->bank_keys, i, wp_sign_key_t *)), now, theirs);
    if (agreement->bank->check)
        agreement->bank->check(agreement, now, pool, problems);
}

const wp_agreement_t *wp_agreement_find(const wp_agreements_t *agreements, const char *key)
{
    for (int i = 0; agreements && key && i < agreements->list->nelts; i++) {
        const wp_agreement_t *agreement = &APR_ARRAY_IDX(agreements->list, i, wp_agreement_t);
        if (strcmp(agreement->key, key) == 0)
            return agreement;
    }
    return NULL;
}
