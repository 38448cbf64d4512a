/* SPDX-License-Identifier: Apache-2.0 */
#include "bank/statement.h"

#include <apr_file_io.h>
#include <apr_hash.h>
#include <apr_strings.h>
#include <libxml/xmlreader.h>
#include <stdlib.h>
#include <string.h>

#include "domain/bank_message.h"
#include "domain/date.h"
#include "domain/reference.h"

#include "base/banned.h"

#define MESSAGE   "urn:iso:std:iso:20022:tech:xsd:camt.053.001."
#define OLDEST    2
#define NEWEST    13
#define TEXT_MAX  1024
#define DEPTH_MAX 32
#define OUTSIDE   (-1) /* no Document was found yet */
#define BLANK     " \t\r\n"

/* Where the reader is. Only one entry's, or one transaction's, elements are in memory at a time. */
typedef struct statement_t {
    xmlTextReaderPtr reader;
    apr_file_t *file;
    bool begun;       /* something else than white space was read */
    apr_pool_t *pool; /* of the file */
    apr_pool_t *entry_pool;
    wp_statement_take_t take;
    void *baton;
    const char **error;
    bool encoding;         /* the parser met bytes that its encoding does not have */
    int document;          /* the depth of the element Document, or OUTSIDE */
    int count;             /* of statements */
    const char *part;      /* of the statement that the message has, as a number; NULL: it is whole */
    const char *iban, *id; /* of the statement */
    bool named;            /* the id is settled */
    apr_hash_t *ids;       /* id → int *: how many statements of the file had it so far */
    wp_statement_entry_t entry;
    bool in_entry, booked;
    const char *extra;                /* AddtlNtryInf: it comes behind the transactions */
    apr_array_header_t *transactions; /* wp_statement_entry_t, of this entry: only its end tells whether they add up */
} statement_t;

static apr_status_t fail(const statement_t *statement, const char *what)
{
    *statement->error = apr_psprintf(statement->pool, "line %d: %s",
                                     xmlTextReaderGetParserLineNumber(statement->reader), what);
    return APR_EGENERAL;
}

static apr_status_t fail_to_parse(const statement_t *statement)
{
    const xmlChar *encoding = xmlTextReaderConstEncoding(statement->reader);

    if (statement->encoding)
        return fail(statement, apr_psprintf(statement->pool,
                                            "the file says it is %s, and is not: its bytes are of another "
                                            "encoding (windows-1257?)",
                                            encoding ? (const char *)encoding : "UTF-8"));
    return fail(statement, "the file is no XML, or ends too early");
}

/* --- small trees: an element of an entry, or a transaction --- */

static bool is_named(const xmlNode *node, const char *name)
{
    return node->type == XML_ELEMENT_NODE && strcmp((const char *)node->name, name) == 0;
}

/* "Refs/EndToEndId": the first such element below, or NULL. */
static xmlNodePtr find(xmlNodePtr node, const char *path)
{
    while (node && *path) {
        size_t length = strcspn(path, "/");
        xmlNodePtr child = node->children;
        while (child && !(child->type == XML_ELEMENT_NODE && strlen((const char *)child->name) == length &&
                          strncmp((const char *)child->name, path, length) == 0))
            child = child->next;
        node = child;
        path += length + (path[length] == '/');
    }
    return node;
}

/* The text of an element without the spaces around it, at most TEXT_MAX bytes of it; NULL if there is none. */
static const char *text_of(apr_pool_t *pool, xmlNodePtr node)
{
    xmlChar *content = node ? xmlNodeGetContent(node) : NULL;
    wp_bank_value_t value = wp_bank_trim((const char *)content);
    size_t length = value.bytes < TEXT_MAX ? value.bytes : TEXT_MAX;

    while (length < value.bytes && length > 0 && ((unsigned char)value.begin[length] & 0xC0) == 0x80)
        length--; /* a character is not cut */
    const char *text = length > 0 ? apr_pstrmemdup(pool, value.begin, length) : NULL;
    xmlFree(content);
    return text;
}

static const char *currency_of(apr_pool_t *pool, xmlNodePtr amount)
{
    xmlChar *currency = xmlGetNoNsProp(amount, BAD_CAST "Ccy");
    const char *copy = currency ? apr_pstrdup(pool, (const char *)currency) : NULL;

    xmlFree(currency);
    return copy;
}

/* False: there is none, or it is no whole number of cents. */
static bool read_amount(apr_pool_t *pool, xmlNodePtr amount, wp_statement_entry_t *entry)
{
    const char *text = text_of(pool, amount);

    entry->currency = amount ? currency_of(pool, amount) : NULL;
    return text && entry->currency && wp_bank_statement_amount(text, &entry->cents);
}

static bool is_text(apr_pool_t *pool, xmlNodePtr node, const char *wanted)
{
    const char *text = text_of(pool, node);
    return text && strcmp(text, wanted) == 0;
}

static const char *join(apr_pool_t *pool, const char *joined, const char *more)
{
    if (!more)
        return joined;
    return joined ? apr_pstrcat(pool, joined, " ", more, NULL) : more;
}

/* The texts of all elements of a name, joined. */
static const char *texts_of(apr_pool_t *pool, xmlNodePtr parent, const char *name)
{
    const char *joined = NULL;

    for (xmlNodePtr node = parent ? parent->children : NULL; node; node = node->next) {
        if (is_named(node, name))
            joined = join(pool, joined, text_of(pool, node));
    }
    return joined;
}

/* Remittance information: banks repeat Strd, and put what the payer wrote into any part of it. */
static void read_remittance(apr_pool_t *pool, xmlNodePtr info, wp_statement_entry_t *one)
{
    one->text = texts_of(pool, info, "Ustrd");
    for (xmlNodePtr node = info ? info->children : NULL; node; node = node->next) {
        if (!is_named(node, "Strd"))
            continue;
        one->reference = join(pool, one->reference, text_of(pool, find(node, "CdtrRefInf/Ref")));
        one->text = join(pool, one->text, texts_of(pool, node, "AddtlRmtInf"));
    }
}

static const char *end_to_end(apr_pool_t *pool, xmlNodePtr transaction)
{
    const char *text = text_of(pool, find(transaction, "Refs/EndToEndId"));
    return text && strcmp(text, "NOTPROVIDED") != 0 ? text : NULL;
}

/* --- entries --- */

static apr_status_t give(statement_t *statement, wp_statement_entry_t *entry)
{
    if (!statement->booked || (entry->lack == WP_ENTRY_WHOLE && entry->cents == 0))
        return APR_SUCCESS;
    if (!entry->iban)
        entry->lack = WP_ENTRY_NO_ACCOUNT;
    else if (!entry->booked_on)
        entry->lack = WP_ENTRY_NO_DAY;
    return statement->take(statement->baton, entry, statement->entry_pool);
}

static bool is_same(const char *one, const char *other)
{
    return one && other && strcmp(one, other) == 0;
}

/* What a transaction says of itself goes before what its entry says. */
static apr_status_t take_transaction(statement_t *statement, xmlNodePtr node)
{
    apr_pool_t *pool = statement->entry_pool;
    wp_statement_entry_t one = statement->entry;
    xmlNodePtr amount = find(node, "Amt"), direction = find(node, "CdtDbtInd");

    if (!amount)
        amount = find(node, "AmtDtls/TxAmt/Amt");
    bool given = read_amount(pool, amount, &one) && is_same(one.currency, statement->entry.currency);
    one.lack = given ? WP_ENTRY_WHOLE : WP_ENTRY_NO_AMOUNT;
    if (direction)
        one.credit = is_text(pool, direction, "CRDT");
    one.line = xmlTextReaderGetParserLineNumber(statement->reader);
    one.index = statement->transactions->nelts;
    one.returned = find(node, "RtrInf");
    one.end_to_end = end_to_end(pool, node);
    read_remittance(pool, find(node, "RmtInf"), &one);
    one.text = join(pool, one.text, text_of(pool, find(node, "AddtlTxInf")));
    APR_ARRAY_PUSH(statement->transactions, wp_statement_entry_t) = one;
    return APR_SUCCESS;
}

static const char *day_of(apr_pool_t *pool, xmlNodePtr node)
{
    const char *text = text_of(pool, node);
    char *day = apr_palloc(pool, WP_DATE_SIZE);

    return text && wp_bank_day_parse(text, day) ? day : NULL;
}

static apr_status_t take_member(statement_t *statement, xmlNodePtr node)
{
    apr_pool_t *pool = statement->entry_pool;
    wp_statement_entry_t *entry = &statement->entry;

    if (is_named(node, "Amt"))
        entry->lack = read_amount(pool, node, entry) ? WP_ENTRY_WHOLE : WP_ENTRY_NO_AMOUNT;
    else if (is_named(node, "CdtDbtInd"))
        entry->credit = is_text(pool, node, "CRDT");
    else if (is_named(node, "RvslInd"))
        entry->reversal = is_text(pool, node, "true") || is_text(pool, node, "1");
    else if (is_named(node, "Sts")) /* from 001.07 on it is one element deeper */
        statement->booked = is_text(pool, node, "BOOK");
    else if (is_named(node, "AcctSvcrRef"))
        entry->entry_ref = text_of(pool, node);
    else if (is_named(node, "AddtlNtryInf"))
        statement->extra = text_of(pool, node);
    else if (is_named(node, "BookgDt"))
        entry->booked_on = day_of(pool, node);
    else if (is_named(node, "ValDt") && !entry->booked_on) /* it follows BookgDt */
        entry->booked_on = day_of(pool, node);
    return APR_SUCCESS;
}

/* Settled at the first entry, once all that names a statement was read. A statement without an id, or with that of an
 * earlier one of the file, is told from it by its place among those alike: the same when the file is read again. */
static void settle_id(statement_t *statement)
{
    const char *id = statement->id ? statement->id : "";
    int *count = apr_hash_get(statement->ids, id, APR_HASH_KEY_STRING);

    if (!count) {
        count = apr_pcalloc(statement->pool, sizeof *count);
        apr_hash_set(statement->ids, id, APR_HASH_KEY_STRING, count);
    }
    statement->id = ++*count == 1 && *id ? id : apr_psprintf(statement->pool, "%s #%d", id, *count);
    statement->named = true;
}

static apr_status_t begin_entry(statement_t *statement)
{
    if (!statement->named)
        settle_id(statement);
    apr_pool_clear(statement->entry_pool);
    statement->entry = (wp_statement_entry_t){.lack = WP_ENTRY_NO_AMOUNT,
                                              .iban = statement->iban,
                                              .statement = statement->count - 1,
                                              .statement_id = statement->id,
                                              .line = xmlTextReaderGetParserLineNumber(statement->reader)};
    statement->in_entry = true;
    statement->booked = false;
    statement->extra = NULL;
    statement->transactions = apr_array_make(statement->entry_pool, 1, sizeof(wp_statement_entry_t));
    return APR_SUCCESS;
}

/* A transaction that is alone has the entry's text, and its amount unless it says its own. */
static void complete_alone(const statement_t *statement, wp_statement_entry_t *one)
{
    one->text = join(statement->entry_pool, one->text, statement->extra);
    if (one->lack == WP_ENTRY_WHOLE)
        return;
    one->cents = statement->entry.cents;
    one->currency = statement->entry.currency;
    one->lack = statement->entry.lack;
}

/* What the transactions are together, seen in the entry's direction. False: one does not say its amount. */
static bool add_up(const statement_t *statement, int64_t *cents)
{
    *cents = 0;
    for (int i = 0; i < statement->transactions->nelts; i++) {
        const wp_statement_entry_t *one = &APR_ARRAY_IDX(statement->transactions, i, wp_statement_entry_t);
        if (one->lack != WP_ENTRY_WHOLE)
            return false;
        *cents += one->credit == statement->entry.credit ? one->cents : -one->cents;
    }
    return true;
}

static apr_status_t give_transactions(statement_t *statement)
{
    const wp_statement_entry_t *entry = &statement->entry;
    apr_status_t status = APR_SUCCESS;
    int64_t cents;

    if (statement->transactions->nelts == 1)
        complete_alone(statement, &APR_ARRAY_IDX(statement->transactions, 0, wp_statement_entry_t));
    bool wrong = add_up(statement, &cents) && entry->lack == WP_ENTRY_WHOLE && cents != entry->cents;
    for (int i = 0; i < statement->transactions->nelts && status == APR_SUCCESS; i++) {
        wp_statement_entry_t *one = &APR_ARRAY_IDX(statement->transactions, i, wp_statement_entry_t);
        one->whole_cents = entry->cents;
        one->parts_cents = cents;
        if (wrong)
            one->lack = WP_ENTRY_SUM;
        status = give(statement, one);
    }
    return status;
}

static apr_status_t end_entry(statement_t *statement)
{
    statement->in_entry = false;
    if (statement->transactions->nelts > 0)
        return give_transactions(statement);
    statement->entry.text = statement->extra;
    return give(statement, &statement->entry);
}

/* --- the stream --- */

static bool is_member(const char *name)
{
    static const char *const members[] = {"Amt",         "CdtDbtInd",    "RvslInd", "Sts",
                                          "AcctSvcrRef", "AddtlNtryInf", "BookgDt", "ValDt"};
    for (size_t i = 0; i < sizeof members / sizeof *members; i++) {
        if (strcmp(members[i], name) == 0)
            return true;
    }
    return false;
}

typedef apr_status_t (*take_t)(statement_t *statement, xmlNodePtr node);

/* Reads the element whole and goes on behind it. *next: the reader stands on the next node already. */
static apr_status_t take_tree(statement_t *statement, take_t take, bool *next)
{
    xmlNodePtr node = xmlTextReaderExpand(statement->reader);
    *next = true;
    return node ? take(statement, node) : fail_to_parse(statement);
}

static apr_status_t take_iban(statement_t *statement, xmlNodePtr node)
{
    const char *text = text_of(statement->pool, find(node, "Id/IBAN"));
    char iban[WP_IBAN_SIZE];

    /* some banks write it in groups of four */
    statement->iban = text && wp_iban_parse(text, strlen(text), iban) == WP_REFERENCE_OK
                          ? apr_pstrdup(statement->pool, iban)
                          : text;
    return APR_SUCCESS;
}

/* A long statement comes in parts that all have its id. From the second part on its number is added: an entry of
 * another part is another entry, even if it says the same. */
static void name_part(statement_t *statement, const char *part)
{
    if (statement->id && part && strcmp(part, "1") != 0)
        statement->id = apr_pstrcat(statement->pool, statement->id, " ", part, NULL);
}

static apr_status_t take_id(statement_t *statement, xmlNodePtr node)
{
    statement->id = text_of(statement->pool, node);
    name_part(statement, statement->part);
    return APR_SUCCESS;
}

static apr_status_t take_message_part(statement_t *statement, xmlNodePtr node)
{
    statement->part = text_of(statement->pool, find(node, "PgNb"));
    return APR_SUCCESS;
}

static apr_status_t take_part(statement_t *statement, xmlNodePtr node)
{
    name_part(statement, text_of(statement->pool, find(node, "PgNb")));
    return APR_SUCCESS;
}

static apr_status_t begin_statement(statement_t *statement)
{
    statement->iban = statement->id = NULL;
    statement->named = false;
    statement->count++;
    return APR_SUCCESS;
}

/* The document may be the root, or stand in an envelope beside a header of its own. */
static apr_status_t look_for_document(statement_t *statement, const char *name, int depth)
{
    const char *space = (const char *)xmlTextReaderConstNamespaceUri(statement->reader);
    const char *version = space && strncmp(space, MESSAGE, sizeof MESSAGE - 1) == 0 ? space + sizeof MESSAGE - 1 : "";
    long number = strlen(version) == 2 ? strtol(version, NULL, 10) : 0;

    if (strcmp(name, "Document") != 0)
        return APR_SUCCESS;
    if (number < OLDEST || number > NEWEST)
        return fail(statement, apr_psprintf(statement->pool, "this is no camt.053.001.%02d to .%d but %s", OLDEST,
                                            NEWEST, space ? space : "of no namespace"));
    statement->document = depth;
    return APR_SUCCESS;
}

/* Elements of the message's head and of a statement that are read whole. */
static take_t find_take(const char *name)
{
    static const struct {
        const char *name;
        take_t take;
    } heads[] = {{"MsgPgntn", take_message_part}, {"Id", take_id}, {"StmtPgntn", take_part}, {"Acct", take_iban}};
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
        if (strcmp(heads[i].name, name) == 0)
            return heads[i].take;
    }
    return NULL;
}

/* Document/BkToCstmrStmt/Stmt/{Acct, Ntry/{…, NtryDtls/TxDtls}} */
static apr_status_t take_element(statement_t *statement, bool *next)
{
    const char *name = (const char *)xmlTextReaderConstLocalName(statement->reader);
    int depth = xmlTextReaderDepth(statement->reader);

    if (depth > DEPTH_MAX)
        return fail(statement, "elements are nested too deep");
    if (statement->document == OUTSIDE)
        return look_for_document(statement, name, depth);
    depth -= statement->document;
    if (depth == 2 && strcmp(name, "Stmt") == 0)
        return begin_statement(statement);
    take_t take = depth == 3 ? find_take(name) : NULL;
    if (take)
        return take_tree(statement, take, next);
    if (depth == 3 && strcmp(name, "Ntry") == 0)
        return begin_entry(statement);
    if (statement->in_entry && depth == 4 && is_member(name))
        return take_tree(statement, take_member, next);
    if (statement->in_entry && depth == 5 && strcmp(name, "TxDtls") == 0)
        return take_tree(statement, take_transaction, next);
    return APR_SUCCESS;
}

static apr_status_t take_node(statement_t *statement, bool *next)
{
    switch (xmlTextReaderNodeType(statement->reader)) {
    case XML_READER_TYPE_DOCUMENT_TYPE:
        return fail(statement, "it declares a document type: no bank does");
    case XML_READER_TYPE_ELEMENT:
        return take_element(statement, next);
    case XML_READER_TYPE_END_ELEMENT:
        if (statement->in_entry && xmlTextReaderDepth(statement->reader) - statement->document == 3)
            return end_entry(statement);
        return APR_SUCCESS;
    default:
        return APR_SUCCESS;
    }
}

static apr_status_t read_all(statement_t *statement)
{
    int more = xmlTextReaderRead(statement->reader);
    apr_status_t status = APR_SUCCESS;

    while (more == 1 && status == APR_SUCCESS) {
        bool next = false;
        status = take_node(statement, &next);
        if (status == APR_SUCCESS)
            more = next ? xmlTextReaderNext(statement->reader) : xmlTextReaderRead(statement->reader);
    }
    if (status != APR_SUCCESS)
        return status;
    if (more != 0 || xmlTextReaderIsValid(statement->reader) < 0)
        return fail_to_parse(statement);
    return statement->document == OUTSIDE ? fail(statement, "there is no camt.053 document in it") : APR_SUCCESS;
}

/* --- the file --- */

static apr_status_t free_reader(void *reader)
{
    xmlFreeTextReader(reader);
    return APR_SUCCESS;
}

static void note_error(void *context, xmlErrorPtr error)
{
    statement_t *statement = context;
    statement->encoding = statement->encoding || error->code == XML_ERR_INVALID_ENCODING ||
                          error->code == XML_I18N_CONV_FAILED || error->code == XML_ERR_INVALID_CHAR;
}

/* Some programs write an empty line before the declaration, which XML does not allow. */
static int read_bytes(void *context, char *buffer, int size)
{
    statement_t *statement = context;
    apr_size_t length;
    apr_size_t blank = 0;

    do {
        length = (apr_size_t)size;
        apr_status_t status = apr_file_read(statement->file, buffer, &length);
        if (status != APR_SUCCESS)
            return APR_STATUS_IS_EOF(status) ? 0 : -1;
        for (blank = 0; !statement->begun && blank < length && strchr(BLANK, buffer[blank]) && buffer[blank]; blank++)
            ;
    } while (blank == length);
    statement->begun = true;
    memmove(buffer, buffer + blank, length - blank);
    return (int)(length - blank);
}

static int close_nothing(void *context)
{
    (void)context;
    return 0;
}

apr_status_t wp_statement_read(const char *file, wp_statement_take_t take, void *baton, apr_pool_t *pool,
                               const char **error)
{
    statement_t statement = {.pool = pool, .take = take, .baton = baton, .error = error, .document = OUTSIDE};

    *error = NULL;
    if (apr_file_open(&statement.file, file, APR_FOPEN_READ | APR_FOPEN_BINARY, APR_FPROT_OS_DEFAULT, pool) ==
        APR_SUCCESS)
        statement.reader = xmlReaderForIO(read_bytes, close_nothing, &statement, NULL, NULL, XML_PARSE_NONET);
    if (!statement.reader) {
        *error = "the file cannot be opened";
        return APR_EGENERAL;
    }
    apr_pool_cleanup_register(pool, statement.reader, free_reader, apr_pool_cleanup_null);
    xmlTextReaderSetStructuredErrorHandler(statement.reader, note_error, &statement);
    apr_pool_create(&statement.entry_pool, pool);
    statement.ids = apr_hash_make(pool);
    apr_status_t status = read_all(&statement);
    apr_pool_cleanup_run(pool, statement.reader, free_reader);
    apr_file_close(statement.file);
    return status;
}

const char *wp_entry_lack_name(wp_entry_lack_t lack)
{
    static const char *const names[] = {[WP_ENTRY_WHOLE] = "",
                                        [WP_ENTRY_NO_ACCOUNT] = "account",
                                        [WP_ENTRY_NO_DAY] = "day",
                                        [WP_ENTRY_SUM] = "sum",
                                        [WP_ENTRY_NO_AMOUNT] = "amount"};
    return names[lack];
}
