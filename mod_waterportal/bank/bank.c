/* SPDX-License-Identifier: Apache-2.0 */
#include "bank/bank.h"

#include "base/banned.h"

const char *wp_bank_refusal_name(wp_bank_refusal_t refusal)
{
    static const char *const names[] = {[WP_REFUSAL_NONE] = "",
                                        [WP_REFUSAL_UNREADABLE] = "unreadable",
                                        [WP_REFUSAL_REPEATED_FIELD] = "repeated_field",
                                        [WP_REFUSAL_MISSING_FIELD] = "missing_field",
                                        [WP_REFUSAL_TOO_LONG] = "too_long",
                                        [WP_REFUSAL_WRONG_CHARSET] = "wrong_charset",
                                        [WP_REFUSAL_UNKNOWN_SERVICE] = "unknown_service",
                                        [WP_REFUSAL_WRONG_VERSION] = "wrong_version",
                                        [WP_REFUSAL_WRONG_SENDER] = "wrong_sender",
                                        [WP_REFUSAL_WRONG_RECEIVER] = "wrong_receiver",
                                        [WP_REFUSAL_UNSIGNED] = "unsigned",
                                        [WP_REFUSAL_BAD_SIGNATURE] = "bad_signature",
                                        [WP_REFUSAL_WRONG_VALUE] = "wrong_value",
                                        [WP_REFUSAL_UNKNOWN_ORDER] = "unknown_order",
                                        [WP_REFUSAL_SILENT] = "silent"};
    return names[refusal];
}
