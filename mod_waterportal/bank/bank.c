/* SPDX-License-Identifier: Apache-2.0 */
#include "bank/bank.h"

#include "base/banned.h"

const char *wp_bank_refusal_name(wp_bank_refusal_t refusal)
{
    static const char *const names[] = {[WP_BANK_BELIEVED] = "",
                                        [WP_BANK_UNREADABLE] = "unreadable",
                                        [WP_BANK_REPEATED_FIELD] = "repeated_field",
                                        [WP_BANK_MISSING_FIELD] = "missing_field",
                                        [WP_BANK_TOO_LONG] = "too_long",
                                        [WP_BANK_WRONG_CHARSET] = "wrong_charset",
                                        [WP_BANK_UNKNOWN_SERVICE] = "unknown_service",
                                        [WP_BANK_WRONG_VERSION] = "wrong_version",
                                        [WP_BANK_WRONG_SENDER] = "wrong_sender",
                                        [WP_BANK_WRONG_RECEIVER] = "wrong_receiver",
                                        [WP_BANK_UNSIGNED] = "unsigned",
                                        [WP_BANK_BAD_SIGNATURE] = "bad_signature",
                                        [WP_BANK_WRONG_VALUE] = "wrong_value",
                                        [WP_BANK_UNKNOWN_ORDER] = "unknown_order",
                                        [WP_BANK_SILENT] = "silent"};
    return names[refusal];
}
