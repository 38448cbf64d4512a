/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_RENDER_QR_H
#define WP_RENDER_QR_H

#include <apr_pools.h>

/* Encodes bytes as a QR code at error correction level M (ISO/IEC 18004) and returns it as an SVG path whose unit is
 * one module, without the quiet zone: "M0 0h7v1h-7z…". *size: modules per side. APR_EGENERAL if the bytes do not fit
 * into a code. */
apr_status_t wp_qr_path(const char *bytes, apr_size_t length, apr_pool_t *pool, const char **path, int *size);

#endif
