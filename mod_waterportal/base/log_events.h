/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_BASE_LOG_EVENTS_H
#define WP_BASE_LOG_EVENTS_H

/* Every message that the portal logs at notice or above: X(id, number, level, meaning, remedy). 01xx httpd and
 * configuration, 02xx data, 03xx rendering, 04xx portal and identity, 05xx sections, 06xx waterportalctl. A number is
 * never reused. A guard compares docs/log-messages.md with this table. */
/* clang-format off */
#define WP_EVENTS(X) \
    X(WP_EV_UNPROTECTED, 101, ERROR, "a protected page is mounted without AuthType openid-connect; it was not served", \
      "put AuthType openid-connect and Require valid-user into the Location of the mount") \
    X(WP_EV_STARTUP, 102, ERROR, \
      "the portal could not be prepared at start-up; its pages answer 503, other sites are not affected", \
      "the preceding lines say what is wrong; apachectl configtest reports the same and refuses the configuration; " \
      "fix it and reload") \
    X(WP_EV_INCOMPLETE, 103, ERROR, "a directive or a module that the portal needs is missing", \
      "the line names it; the installed conf/waterportal.conf has them all") \
    X(WP_EV_FOREIGN_ERROR, 104, WARNING, \
      "httpd or another module answered a visitor with an error; the portal showed its own page", \
      "the preceding lines of that module say why; if the address is that of the login, look for lines of " \
      "auth_openidc") \
    X(WP_EV_SLOW_SENDERS, 105, WARNING, \
      "a client that sends the head of its request slowly can hold a thread for an unlimited time", \
      "run a2enmod reqtimeout and set RequestReadTimeout header=10-30,MinRate=500 as in conf/waterportal.conf") \
    X(WP_EV_SESSION_STORE, 106, ERROR, \
      "the session store does not answer; nobody can log in, and people are told so before they go to a bank", \
      "check that the Redis of WaterPortalSessionStore (OIDCRedisCacheServer) is running and reachable; once it is, " \
      "the portal recovers by itself") \
    X(WP_EV_DB_DOWN, 201, ERROR, "no connection to the database", \
      "check that the database is running and that DBDriver and DBDParams are right; run waterportalctl check") \
    X(WP_EV_DB_BUSY, 202, WARNING, \
      "waited too long for a connection or for the write lock; the visitor was asked to try again", \
      "allow more connections (DBDMax and WaterPortalDatabaseConnections), or find the long-running writer") \
    X(WP_EV_DB_STATEMENT, 203, ERROR, "a named statement failed twice; the page was answered with 503", \
      "the line names file and statement; run waterportalctl check, which prepares every statement") \
    X(WP_EV_DB_UNKNOWN_QUERY, 204, ERROR, "the code uses a statement that no file in sql/ defines", \
      "code and sql/ belong to different releases: install both from one package") \
    X(WP_EV_DB_BIND, 205, ERROR, "a statement's parameter has no value bound, or a value of another type", \
      "this is a bug in the portal: report it with the line") \
    X(WP_EV_DB_READ_ONLY, 206, ERROR, "a page that only reads attempted a change; nothing was changed", \
      "this is a bug in the portal: report it with the line") \
    X(WP_EV_DB_GATE, 207, ERROR, \
      "the file beside the SQLite database that queues writers (<database>-gate) cannot be used", \
      "the user that httpd runs as must own, or be able to write, the database, its directory and that file") \
    X(WP_EV_DB_SCHEMA_OLD, 208, ERROR, \
      "the database belongs to an older release than this one; every page that needs it answers 503", \
      "run waterportalctl upgrade; the portal then recovers by itself") \
    X(WP_EV_DB_SCHEMA_NEW, 209, ERROR, \
      "the database belongs to a newer release that this one cannot work with; every page answers 503", \
      "install the newer release here too") \
    X(WP_EV_DB_LATE, 210, ERROR, "the database did not answer in time; the page was answered with 503", \
      "the line names the statement; check whether the database is busy or stopped and whether a billing_ view is " \
      "slow; the limits are WaterPortalStatementTimeout and WaterPortalDatabaseTime") \
    X(WP_EV_DB_SERVER_READ_ONLY, 211, ERROR, "the database accepts no changes: what a visitor sent was not saved", \
      "after a fail-over: name all servers in DBDParams, with target_session_attrs=read-write (docs/database.md)") \
    X(WP_EV_STYLESHEET, 301, ERROR, "a stylesheet does not compile", \
      "the line names file and place; a broken override of the site is skipped and the portal's own stylesheet is " \
      "used") \
    X(WP_EV_TRANSFORM, 302, ERROR, "a page could not be rendered", \
      "the line names the stylesheet; set LogLevel waterportal:debug and repeat the request") \
    X(WP_EV_MESSAGE_MISSING, 304, WARNING, \
      "a text is missing in a language; the text of the default language is used", \
      "add the key to xslt/l10n") \
    X(WP_EV_PLACEHOLDER, 305, WARNING, \
      "a text has a placeholder that its stylesheet does not fill; it is shown unfilled", \
      "remove the {placeholder} from the text in l10n, or fill it in the stylesheet") \
    X(WP_EV_FOREIGN_ISSUER, 401, WARNING, "a login from an issuer that is not in the issuers file was refused", \
      "add the issuer to the file of WaterPortalIssuersFile, or stop mod_auth_openidc from accepting it " \
      "(conf/oidc.conf)") \
    X(WP_EV_NO_PERSON_CODE, 402, WARNING, \
      "a login was refused because it carried no person code that the portal understands", \
      "the line names the issuer: check that its person_code_claim is right, that its scope requests the claim, and " \
      "that OIDCPassClaimsAs passes it on") \
    X(WP_EV_NO_PLACES, 440, ERROR, "the processes of this machine cannot share their counts: each limits only itself", \
      "check that the user httpd runs as may open waterportal-places in httpd's DefaultRuntimeDir; then restart " \
      "httpd, which creates the file") \
    X(WP_EV_NO_SUBJECT, 410, WARNING, "a login was refused because it carried no usable subject (sub)", \
      "the line names the issuer, which violates OpenID Connect Core section 2: sub must be 1 to 255 ASCII " \
      "characters that identify one person") \
    X(WP_EV_UNSIGNED, 414, WARNING, \
      "a login was refused because its ID token was not signed the way its issuer signs", \
      "the line has issuer and algorithm; no algorithm: add serialized to OIDCPassIDTokenAs (conf/oidc.conf); none " \
      "or HS…: the token is not from the issuer, or the issuer is misconfigured; any other: set " \
      "id_token_signed_response_alg in issuers.json") \
    X(WP_EV_CODE_CASE, 411, NOTICE, \
      "a known login came with an unknown person code that the account may not adopt by itself; it was refused", \
      "decide the case, which waterportalctl cases lists; the line names the issuer") \
    X(WP_EV_CODE_CHANGED, 412, NOTICE, "an account gained another login, or its person code changed", \
      "nothing, if the person knows about it: every confirmed address was notified; the audit log has the account") \
    X(WP_EV_ACCOUNT_CONFLICT, 413, NOTICE, \
      "login and person code belong to two different accounts; the login was refused", \
      "decide the case, which waterportalctl cases lists; the line names the issuer") \
    X(WP_EV_LOGGED_IN, 420, NOTICE, "somebody logged in", \
      "nothing; for statistics, and for comparison with the issuer's own log") \
    X(WP_EV_LOGGED_OUT, 421, NOTICE, "somebody logged out", "nothing") \
    X(WP_EV_STEP_UP, 422, NOTICE, "a page was requested that requires a fresh login by eID", \
      "the line says whether the eID was shown; if refusals do not stop, compare acr in issuers.json with what the " \
      "eID sends") \
    X(WP_EV_FORM_REFUSED, 423, NOTICE, \
      "a form was refused because the portal did not make it for this person, or because it came from another site", \
      "many on one page: check that WaterPortalOrigin is what browsers see and that WaterPortalSecretFile is the " \
      "same on every node; many from one address: an attack") \
    X(WP_EV_SESSION_UNBOUND, 424, NOTICE, \
      "a session was refused because it came from another browser than the one that logged in", \
      "a session cookie may have been stolen or planted; if it happens at every login, check whether a proxy drops " \
      "the cookie __Host-wp-login") \
    X(WP_EV_TOKEN_REFUSED, 425, NOTICE, "an access token was refused", \
      "the line says why; many from one address: somebody is guessing, or a program still uses a token that has " \
      "expired") \
    X(WP_EV_FOREIGN_ID, 426, NOTICE, "a logged-in person requested something that belongs to somebody else", \
      "the line has page, answer and the tag of the person (portal_audit.actor_tag); a few are old links, many are " \
      "a search") \
    X(WP_EV_CODE_WRONG, 427, NOTICE, "a wrong confirmation code was typed", \
      "the line has the tag of the person; after five wrong codes the right one is no longer accepted") \
    X(WP_EV_LIMITED, 428, NOTICE, "somebody tried too often and has to wait", \
      "the line says what was tried, and the tag of the person; if it happens to several persons at once, find out " \
      "who they are") \
    X(WP_EV_CONTRACT_TRIED, 501, WARNING, "several persons tried to register the same contract within an hour", \
      "somebody may be guessing: look at portal_registration_try by the tag in the line; the owner of the contract " \
      "is not locked out") \
    X(WP_EV_BANK_REFUSED, 502, ERROR, "a message that claims to be from a bank was not believed; nothing was changed", \
      "the line has the agreement and the reason: bad_signature – the bank has a new key, or somebody forges " \
      "messages; others – compare agreements.json with the bank's description") \
    X(WP_EV_BANK_UNKNOWN, 503, ERROR, "a bank reported a payment that this portal did not order", \
      "the line has the agreement and the number: check whether the agreement is used elsewhere too, and whether " \
      "the database was restored from a backup") \
    X(WP_EV_BANK_REVIEW, 504, ERROR, "a payment differs from its order; a person must look at it", \
      "waterportalctl reconcile lists it; the line has the payment and the difference") \
    X(WP_EV_BANK_AWAY, 505, ERROR, \
      "a bank did not answer: an order could not be placed, or its state could not be queried; the customer was told", \
      "the line has the agreement and the reason; waterportalctl check tests the connection to the bank, " \
      "waterportalctl reconcile asks again about open orders") \
    X(WP_EV_BANK_AGAIN, 506, WARNING, "a bank says that an order was paid once more; the customer has a credit", \
      "waterportalctl cases lists it; the line has the payment and the credit") \
    X(WP_EV_CHECK_DATABASE, 601, ERROR, "the database cannot be reached", \
      "check that it is running, that the file or string after --params is right, and that this user may use it") \
    X(WP_EV_CHECK_SCHEMA, 602, ERROR, "the schema is older than this program", "run waterportalctl upgrade") \
    X(WP_EV_CHECK_TOO_OLD, 603, ERROR, "the database was upgraded by a newer release that this one cannot work with", \
      "install the newer release here too") \
    X(WP_EV_CHECK_STATEMENT, 604, ERROR, "a named statement does not work on this database", \
      "billing_ statements: compare the views with billing.sql; others: run waterportalctl upgrade") \
    X(WP_EV_CHECK_ISSUERS, 605, ERROR, "the list of banks and eID cannot be used", \
      "the line names the place; the installed conf/issuers.json is an example") \
    X(WP_EV_CHECK_SECRET, 606, ERROR, "the secret file cannot be used", \
      "the line says why; make one with head -c 48 /dev/urandom | base64, mode 0600, the same on every node") \
    X(WP_EV_CHECK_FILES, 607, ERROR, "an installed file is missing or cannot be used", \
      "check that --directory (WaterPortalDirectory) is the installed share/waterportal; install the package again") \
    X(WP_EV_CHECK_AGREEMENT, 608, ERROR, "an agreement with a bank will not work, or not for long", \
      "the line has the agreement and the problem; docs/admin.md explains each member of agreements.json") \
    X(WP_EV_CHECK_ENCODING, 610, ERROR, "the database does not know the encoding of its texts", \
      "create a database with ENCODING 'UTF8' (or the billing system's encoding) and load the data into it") \
    X(WP_EV_CHECK_READ_ONLY, 611, ERROR, "the database accepts no changes: nothing that visitors send would be saved", \
      "check that this is the primary; name all servers in DBDParams, with target_session_attrs=read-write") \
    X(WP_EV_CHECK_ID, 618, ERROR, "an id of billing cannot be used in addresses and forms: its pages answer 404", \
      "the line has the column, the id and the reason; fix it in the view (trim(), a length); docs/database.md says " \
      "what an id is") \
    X(WP_EV_CHECK_MAIL, 619, ERROR, "a test message could not be sent", \
      "the line has what is missing in the configuration, or the reason and what the server said: docs/admin.md") \
    X(WP_EV_SEND_AWAY, 620, WARNING, "a server accepts no messages; they wait, and are tried again", \
      "the line says which: check the server, and WaterPortalMail or WaterPortalSMS with waterportalctl check --mail;" \
      " waterportalctl outbox --show has what it said last") \
    X(WP_EV_SEND_FAILED, 621, WARNING, "messages will not be sent", \
      "waterportalctl outbox --dead lists them with the reason; docs/admin.md explains the reasons")
/* clang-format on */

#define WP_EVENT_ID(id, number, level, meaning, remedy) id,
typedef enum { WP_EVENTS(WP_EVENT_ID) WP_EVENT_COUNT } wp_event_id_t;
#undef WP_EVENT_ID

#endif
