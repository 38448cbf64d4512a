/* SPDX-License-Identifier: Apache-2.0 */
/* Calls that this code base does not use, with the reason. Every .c file includes this header last (a guard checks). */
#ifndef WP_BASE_BANNED_H
#define WP_BASE_BANNED_H

#define WP_BANNED(name) sorry_##name##_is_banned_here

/* unbounded or locale-dependent libc */
#undef strcpy
#define strcpy(a, b) WP_BANNED(strcpy)
#undef strcat
#define strcat(a, b) WP_BANNED(strcat)
#undef sprintf
#define sprintf(...) WP_BANNED(sprintf)
#undef vsprintf
#define vsprintf(...) WP_BANNED(vsprintf)
#undef strncpy
#define strncpy(a, b, c) WP_BANNED(strncpy)
#undef atoi
#define atoi(a) WP_BANNED(atoi)
#undef atol
#define atol(a) WP_BANNED(atol)
#undef atof
#define atof(a) WP_BANNED(atof)
#undef gets
#define gets(a) WP_BANNED(gets)
#undef strtok
#define strtok(a, b) WP_BANNED(strtok)
#undef system
#define system(a) WP_BANNED(system)
#undef popen
#define popen(a, b) WP_BANNED(popen)

/* not thread-safe, or in the machine's time zone instead of Europe/Riga */
#undef localtime
#define localtime(a) WP_BANNED(localtime)
#undef gmtime
#define gmtime(a) WP_BANNED(gmtime)
#undef ctime
#define ctime(a) WP_BANNED(ctime)
#undef asctime
#define asctime(a) WP_BANNED(asctime)
#undef mktime
#define mktime(a) WP_BANNED(mktime)

/* randomness without a check of the status: use crypto/random.h */
#undef apr_generate_random_bytes
#define apr_generate_random_bytes(a, b) WP_BANNED(apr_generate_random_bytes)
#undef ap_random_insecure_bytes
#define ap_random_insecure_bytes(a, b) WP_BANNED(ap_random_insecure_bytes)
#undef RAND_bytes
#define RAND_bytes(a, b) WP_BANNED(RAND_bytes)

/* libxml2 calls that parse user text as markup: "&<img onerror=…>;" comes out raw (docs/platform.md, X1) */
#undef xmlNewChild
#define xmlNewChild(a, b, c, d) WP_BANNED(xmlNewChild)
#undef xmlNewDocNode
#define xmlNewDocNode(a, b, c, d) WP_BANNED(xmlNewDocNode)
#undef xmlNodeSetContent
#define xmlNodeSetContent(a, b) WP_BANNED(xmlNodeSetContent)
#undef xmlNewDocProp
#define xmlNewDocProp(a, b, c) WP_BANNED(xmlNewDocProp)
#undef xmlCheckUTF8
#define xmlCheckUTF8(a) WP_BANNED(xmlCheckUTF8)

/* the driver's transactions: END returns 0 after a rollback, and leaving without END commits
 * (docs/platform.md, D1, D2) */
#undef apr_dbd_transaction_start
#define apr_dbd_transaction_start(a, b, c, d) WP_BANNED(apr_dbd_transaction_start)
#undef apr_dbd_transaction_end
#define apr_dbd_transaction_end(a, b, c) WP_BANNED(apr_dbd_transaction_end)

#endif
