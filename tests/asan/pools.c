/* SPDX-License-Identifier: Apache-2.0 */
/* Preloaded after libasan: each allocation from an APR pool becomes a malloc of its own, freed when the pool is cleared
 * or destroyed. APR cuts its allocations from large blocks that it uses again, so AddressSanitizer by itself sees
 * neither a byte too far nor memory used after the end of its pool. And what else the sanitizers need to report from
 * the stock httpd.
 *
 * libapr calls these functions through its PLT, so what apr_pstrdup, apr_array_push, apr_table_set … take comes by here
 * as well (test_instrument.py would notice if it did not). Not seen: bucket allocators and a pool's own record. */
#include <dlfcn.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <apr_lib.h>
#include <apr_pools.h>
#include <apr_strings.h>

#undef apr_palloc
#undef apr_pool_clear
#undef apr_pool_destroy

/* what one pool holds */
typedef struct holding {
    struct holding *next;
    apr_pool_t *pool;
    void **blocks;
    size_t used, room;
} holding_t;

enum { SLOTS = 4096 };
static holding_t *slots[SLOTS];
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static void (*real_clear)(apr_pool_t *pool);
static void (*real_destroy)(apr_pool_t *pool);

static holding_t **slot_of(const apr_pool_t *pool)
{
    holding_t **at = &slots[((uintptr_t)pool >> 4) % SLOTS];
    while (*at && (*at)->pool != pool)
        at = &(*at)->next;
    return at;
}

static holding_t *holding_of(apr_pool_t *pool)
{
    holding_t **at = slot_of(pool);
    if (!*at) {
        *at = calloc(1, sizeof **at);
        (*at)->pool = pool;
    }
    return *at;
}

static void keep(apr_pool_t *pool, void *block)
{
    pthread_mutex_lock(&lock);
    holding_t *holding = holding_of(pool);
    if (holding->used == holding->room) {
        holding->room = holding->room ? 2 * holding->room : 16;
        holding->blocks = realloc(holding->blocks, holding->room * sizeof *holding->blocks);
    }
    holding->blocks[holding->used++] = block;
    pthread_mutex_unlock(&lock);
}

static void give_back(const apr_pool_t *pool)
{
    pthread_mutex_lock(&lock);
    holding_t **at = slot_of(pool), *holding = *at;
    if (holding)
        *at = holding->next;
    pthread_mutex_unlock(&lock);
    if (!holding)
        return;
    for (size_t i = holding->used; i-- > 0;)
        free(holding->blocks[i]);
    free(holding->blocks);
    free(holding);
}

void *apr_palloc(apr_pool_t *pool, apr_size_t size)
{
    void *block = malloc(size);
    keep(pool, block);
    return block;
}

/* The cleanups and the children of a pool come before its memory. */
void apr_pool_clear(apr_pool_t *pool)
{
    real_clear(pool);
    give_back(pool);
}

/* Cleared first: once a pool is destroyed, another thread may have a new one at the same address. */
void apr_pool_destroy(apr_pool_t *pool)
{
    apr_pool_clear(pool);
    real_destroy(pool);
}

/* APR prints straight into the pool's block, so printing is done here */
typedef struct {
    apr_vformatter_buff_t at; /* first: apr_vformatter knows only this part */
    char *text;
    size_t room;
} print_t;

static int grow(apr_vformatter_buff_t *at)
{
    print_t *print = (print_t *)at;
    size_t used = (size_t)(at->curpos - print->text);
    print->room *= 2;
    print->text = realloc(print->text, print->room);
    at->curpos = print->text + used;
    at->endpos = print->text + print->room - 1;
    return 0;
}

char *apr_pvsprintf(apr_pool_t *pool, const char *format, va_list arguments)
{
    print_t print = {.text = malloc(64), .room = 64};
    print.at.curpos = print.text;
    print.at.endpos = print.text + print.room - 1;
    apr_vformatter(grow, &print.at, format, arguments);
    size_t length = (size_t)(print.at.curpos - print.text);
    char *text = apr_palloc(pool, length + 1);
    memcpy(text, print.text, length);
    text[length] = '\0';
    free(print.text);
    return text;
}

char *apr_psprintf(apr_pool_t *pool, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    char *text = apr_pvsprintf(pool, format, arguments);
    va_end(arguments);
    return text;
}

/* Modules stay, as those that are linked in do: leaks are reported at the very end, and the report names functions. */
int dlclose(void *handle)
{
    (void)handle;
    return 0;
}

/* LeakSanitizer attaches to its own process, which the kernel refuses where it has given up root. */
int setuid(uid_t user)
{
    int done = (int)syscall(SYS_setuid, user);
    prctl(PR_SET_DUMPABLE, 1);
    return done;
}

/* libubsan sets its log_path by a function that libasan has as well, and so libasan's: said again to the one that is
 * meant. */
static void send_ubsan_reports(const char *options)
{
    static char path[4096];
    const char *wish = options ? strstr(options, "log_path=") : NULL;
    void *ubsan = dlopen("libubsan.so.1", RTLD_NOW | RTLD_LOCAL);
    void (*set)(const char *path) = NULL;
    if (ubsan)
        *(void **)&set = dlsym(ubsan, "__sanitizer_set_report_path");
    if (!wish || !set)
        return;
    wish += strlen("log_path=");
    size_t length = strcspn(wish, ":");
    if (length >= sizeof path)
        abort();
    memcpy(path, wish, length);
    set(path);
}

/* For this process alone: what it starts (PostgreSQL, a shell) is not ours to inspect. */
__attribute__((constructor)) static void begin(void)
{
    unsetenv("LD_PRELOAD");
    *(void **)&real_clear = dlsym(RTLD_NEXT, "apr_pool_clear");
    *(void **)&real_destroy = dlsym(RTLD_NEXT, "apr_pool_destroy");
    if (!real_clear || !real_destroy)
        abort();
    send_ubsan_reports(getenv("UBSAN_OPTIONS"));
}
