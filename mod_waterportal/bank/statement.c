/* SPDX-License-Identifier: Apache-2.0 */
#include "bank/statement.h"

#include <apr_strings.h>
#include <libxml/xmlreader.h>
#include <string.h>

#include "domain/bank_message.h"
#include "domain/date.h"

#include "base/banned.h"

#define NAMESPACE "urn:iso:std:iso:20022:tech:xsd:camt.053.001."
#define TEXT_MAX  1024
#define DEPTH_MAX 32

/* The reader's position. Only the elements of one entry, or of one transaction, are in memory at a time. */
typedef struct statement_t {
    xmlTextReaderPtr reader;
    apr_pool_t *pool; /* of the statement */
    apr_pool_t *entry_pool;
    wp_statement_take_t take;
    void *baton;
    const char **error;
    const char *iban;
    wp_statement_entry_t entry;
    bool in_entry, booked;
    int taken; /* transactions taken from this entry */
} statement_t;

static apr_status_t fail(const statement_t *statement, const char *what)
{
    *statement->error = apr_psprintf(statement->pool, "line %d: %s",
                                     xmlTextReaderGetParserLineNumber(statement->reader), what);
    return APR_EGENERAL;
}

/* --- small trees: an element of an entry, or a transaction --- */

static bool is_named(const xmlNode *node, const char *name)
{
    return node->type == XML_ELEMENT_NODE && strcmp((const char *)node->name, name) == 0;
}

/* "Refs/EndToEndId": the first such descendant, or NULL. */
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

/* The text of an element without surrounding spaces; NULL if there is none, or if it is too long. */
static const char *text_of(apr_pool_t *pool, xmlNodePtr node)
{
    xmlChar *content = node ? xmlNodeGetContent(node) : NULL;
    wp_bank_value_t value = wp_bank_trim((const char *)content);
    const char *text = value.bytes > 0 && value.bytes <= TEXT_MAX ? apr_pstrmemdup(pool, value.begin, value.bytes)
                                                                  : NULL;

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

static bool read_amount(apr_pool_t *pool, xmlNodePtr amount, wp_statement_entry_t *entry)
{
    const char *text = text_of(pool, amount);

    entry->currency = amount ? currency_of(pool, amount) : NULL;
    return text && entry->currency && wp_bank_amount_parse(text, &entry->cents);
}

static bool is_text(apr_pool_t *pool, xmlNodePtr node, const char *wanted)
{
    const char *text = text_of(pool, node);
    return text && strcmp(text, wanted) == 0;
}

/* All lines of unstructured remittance information, joined. */
static const char *remittance(apr_pool_t *pool, xmlNodePtr info)
{
    const char *joined = NULL;

    for (xmlNodePtr node = info ? info->children : NULL; node; node = node->next) {
        const char *line = is_named(node, "Ustrd") ? text_of(pool, node) : NULL;
        if (line)
            joined = joined ? apr_pstrcat(pool, joined, " ", line, NULL) : line;
    }
    return joined;
}

static const char *end_to_end(apr_pool_t *pool, xmlNodePtr transaction)
{
    const char *text = text_of(pool, find(transaction, "Refs/EndToEndId"));
    return text && strcmp(text, "NOTPROVIDED") != 0 ? text : NULL;
}

/* --- entries --- */

static apr_status_t give(statement_t *statement, const wp_statement_entry_t *entry)
{
    statement->taken++;
    if (!statement->booked)
        return APR_SUCCESS;
    if (!entry->iban || !entry->booked_on || !entry->entry_ref)
        return fail(statement, "an entry lacks its account, its day or the bank's reference");
    return statement->take(statement->baton, entry, statement->entry_pool);
}

/* What a transaction says takes precedence over what its entry says. */
static apr_status_t take_transaction(statement_t *statement, xmlNodePtr node)
{
    apr_pool_t *pool = statement->entry_pool;
    wp_statement_entry_t one = statement->entry;
    xmlNodePtr amount = find(node, "AmtDtls/TxAmt/Amt"), direction = find(node, "CdtDbtInd");

    if (find(node, "Amt"))
        amount = find(node, "Amt");
    if (amount && !read_amount(pool, amount, &one))
        return fail(statement, "a transaction's amount is none");
    if (direction)
        one.credit = is_text(pool, direction, "CRDT");
    one.index = statement->taken;
    one.end_to_end = end_to_end(pool, node);
    one.reference = text_of(pool, find(node, "RmtInf/Strd/CdtrRefInf/Ref"));
    one.text = remittance(pool, find(node, "RmtInf"));
    return give(statement, &one);
}

static apr_status_t take_member(statement_t *statement, xmlNodePtr node)
{
    apr_pool_t *pool = statement->entry_pool;
    wp_statement_entry_t *entry = &statement->entry;

    if (is_named(node, "Amt"))
        return read_amount(pool, node, entry) ? APR_SUCCESS : fail(statement, "an entry's amount is none");
    if (is_named(node, "CdtDbtInd"))
        entry->credit = is_text(pool, node, "CRDT");
    else if (is_named(node, "RvslInd"))
        entry->reversal = is_text(pool, node, "true") || is_text(pool, node, "1");
    else if (is_named(node, "Sts")) /* in 001.08 it is one element deeper */
        statement->booked = is_text(pool, node, "BOOK");
    else if (is_named(node, "AcctSvcrRef"))
        entry->entry_ref = text_of(pool, node);
    else if (is_named(node, "AddtlNtryInf"))
        entry->text = text_of(pool, node);
    else if (is_named(node, "BookgDt")) {
        const char *day = text_of(pool, node);
        char *iso = apr_palloc(pool, WP_DATE_SIZE);
        entry->booked_on = day && wp_bank_day_parse(day, iso) ? iso : NULL;
    }
    return APR_SUCCESS;
}

static apr_status_t begin_entry(statement_t *statement)
{
    apr_pool_clear(statement->entry_pool);
    statement->entry = (wp_statement_entry_t){.iban = statement->iban};
    statement->in_entry = true;
    statement->booked = false;
    statement->taken = 0;
    return APR_SUCCESS;
}

static apr_status_t end_entry(statement_t *statement)
{
    statement->in_entry = false;
    return statement->taken == 0 ? give(statement, &statement->entry) : APR_SUCCESS;
}

/* --- the stream --- */

static bool is_member(const char *name)
{
    static const char *const members[] = {"Amt",         "CdtDbtInd",    "RvslInd", "Sts",
                                          "AcctSvcrRef", "AddtlNtryInf", "BookgDt"};
    for (size_t i = 0; i < sizeof members / sizeof *members; i++) {
        if (strcmp(members[i], name) == 0)
            return true;
    }
    return false;
}

/* Reads the whole element and moves past it. *next: the reader is already at the next node. */
static apr_status_t take_tree(statement_t *statement, apr_status_t (*take)(statement_t *, xmlNodePtr), bool *next)
{
    xmlNodePtr node = xmlTextReaderExpand(statement->reader);
    *next = true;
    return node ? take(statement, node) : fail(statement, "the file is no XML, or ends too early");
}

static apr_status_t take_iban(statement_t *statement, xmlNodePtr node)
{
    statement->iban = text_of(statement->pool, find(node, "Id/IBAN"));
    return APR_SUCCESS;
}

static apr_status_t check_root(const statement_t *statement)
{
    const char *space = (const char *)xmlTextReaderConstNamespaceUri(statement->reader);
    const char *version = space && strncmp(space, NAMESPACE, sizeof NAMESPACE - 1) == 0 ? space + sizeof NAMESPACE - 1
                                                                                        : "";
    return strcmp(version, "02") == 0 || strcmp(version, "08") == 0
               ? APR_SUCCESS
               : fail(statement, "this is no camt.053.001.02 or camt.053.001.08");
}

/* Document/BkToCstmrStmt/Stmt/{Acct, Ntry/{…, NtryDtls/TxDtls}} */
static apr_status_t take_element(statement_t *statement, bool *next)
{
    const char *name = (const char *)xmlTextReaderConstLocalName(statement->reader);
    int depth = xmlTextReaderDepth(statement->reader);

    if (depth == 0)
        return check_root(statement);
    if (depth > DEPTH_MAX)
        return fail(statement, "elements are nested too deep");
    if (depth == 3 && strcmp(name, "Acct") == 0)
        return take_tree(statement, take_iban, next);
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
        if (statement->in_entry && xmlTextReaderDepth(statement->reader) == 3)
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
    return status == APR_SUCCESS && more != 0 ? fail(statement, "the file is no XML, or ends too early") : status;
}

static apr_status_t free_reader(void *reader)
{
    xmlFreeTextReader(reader);
    return APR_SUCCESS;
}

static void ignore_errors(void *context, const char *message, ...)
{
    (void)context;
    (void)message;
}

apr_status_t wp_statement_read(const char *file, wp_statement_take_t take, void *baton, apr_pool_t *pool,
                               const char **error)
{
    statement_t statement = {.pool = pool, .take = take, .baton = baton, .error = error};

    *error = NULL;
    statement.reader = xmlReaderForFile(file, NULL, XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
    if (!statement.reader) {
        *error = "the file cannot be opened";
        return APR_EGENERAL;
    }
    apr_pool_cleanup_register(pool, statement.reader, free_reader, apr_pool_cleanup_null);
    xmlTextReaderSetErrorHandler(statement.reader, (xmlTextReaderErrorFunc)ignore_errors, NULL);
    apr_pool_create(&statement.entry_pool, pool);
    apr_status_t status = read_all(&statement);
    if (status == APR_SUCCESS && xmlTextReaderIsValid(statement.reader) < 0)
        status = fail(&statement, "the file is no XML");
    return status;
}
