/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_RENDER_QR_H
#define WP_RENDER_QR_H

#include <apr_pools.h>

/* A QR code of some bytes at error level M (ISO/IEC 18004), as the path of an SVG whose units are modules, without the
 * quiet zone: "M0 0h7v1h-7z…". *size: modules of a side. APR_EGENERAL when the bytes do not fit into a code. */
apr_status_t wp_qr_path(const char *bytes, apr_size_t length, apr_pool_t *pool, const char **path, int *size);

#endif
