/* SPDX-License-Identifier: Apache-2.0 */
#include "render/qr.h"

#include <apr_strings.h>
#include <qrencode.h>

#include "base/banned.h"

#define RUN_MAX 24 /* bytes that one run of dark modules takes up in the path */

static apr_status_t free_code(void *code)
{
    QRcode_free(code);
    return APR_SUCCESS;
}

/* Adjacent dark modules form one rectangle. */
static char *write_row(char *to, const unsigned char *row, int width, int y)
{
    for (int x = 0; x < width;) {
        int begin = x;
        while (x < width && (row[x] & 1))
            x++;
        if (x > begin)
            to += apr_snprintf(to, RUN_MAX, "M%d %dh%dv1h-%dz", begin, y, x - begin, x - begin);
        else
            x++;
    }
    return to;
}

apr_status_t wp_qr_path(const char *bytes, apr_size_t length, apr_pool_t *pool, const char **path, int *size)
{
    QRcode *code = QRcode_encodeData((int)length, (const unsigned char *)bytes, 0, QR_ECLEVEL_M);

    if (!code)
        return APR_EGENERAL;
    apr_pool_cleanup_register(pool, code, free_code, apr_pool_cleanup_null);
    char *text = apr_palloc(pool, (apr_size_t)code->width * ((apr_size_t)code->width / 2 + 1) * RUN_MAX + 1),
         *to = text;
    for (int y = 0; y < code->width; y++)
        to = write_row(to, code->data + (apr_size_t)y * (apr_size_t)code->width, code->width, y);
    *to = '\0';
    *path = apr_pstrdup(pool, text);
    *size = code->width;
    return APR_SUCCESS;
}
