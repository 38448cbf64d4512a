/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WP_BASE_LOG_EVENTS_H
#define WP_BASE_LOG_EVENTS_H

/* Everything the portal says at notice or above: X(id, number, level, meaning, mend).
 * 01xx httpd and configuration, 02xx data, 03xx rendering, 04xx portal and identity, 05xx sections, 06xx
 * waterportalctl. A number is never reused. docs/log-messages.md is compared with this table by a guard. */
/* clang-format off */
#define WP_EVENTS(X) \
    X(WP_EV_UNPROTECTED, 101, ERROR, "a protected page is mounted without AuthType openid-connect; it was not served", \
      "put AuthType openid-connect and Require valid-user on the mount's Location") \
    X(WP_EV_STARTUP, 102, ERROR, \
      "the portal could not be prepared at start-up; its pages answer 503, other sites go on", \
      "the lines before it say what is wrong; apachectl configtest says the same and refuses; mend it and reload") \
    X(WP_EV_INCOMPLETE, 103, ERROR, "a directive or a module that the portal needs is missing", \
      "the line names it; conf/waterportal.conf of the installation has them all") \
    X(WP_EV_FOREIGN_ERROR, 104, WARNING, \
      "httpd or another module answered a visitor with an error; the portal showed its own page", \
      "the lines before it, of that module, say why; at the login's address look for those of auth_openidc") \
    X(WP_EV_SLOW_SENDERS, 105, WARNING, \
      "who sends the head of a request slowly is waited for without an end and holds a thread", \
      "a2enmod reqtimeout, and RequestReadTimeout header=10-30,MinRate=500 as in conf/waterportal.conf") \
    X(WP_EV_SESSION_STORE, 106, ERROR, \
      "the store of sessions does not answer; nobody can log in, and people are told before they go to a bank", \
      "is the Redis of WaterPortalSessionStore (OIDCRedisCacheServer) running and reachable; all goes on by itself " \
      "when it is") \
    X(WP_EV_DB_DOWN, 201, ERROR, "no connection to the database", \
      "is the database running, are DBDriver and DBDParams right; run waterportalctl check") \
    X(WP_EV_DB_BUSY, 202, WARNING, \
      "waited too long for a connection or for the write lock; the visitor was asked to try again", \
      "more connections (DBDMax and WaterPortalDatabaseConnections), or find the long-running writer") \
    X(WP_EV_DB_STATEMENT, 203, ERROR, "a named statement failed twice; the page was answered with 503", \
      "the line names file and statement; run waterportalctl check, which prepares every statement") \
    X(WP_EV_DB_UNKNOWN_QUERY, 204, ERROR, "the code asks for a statement that no file in sql/ defines", \
      "code and sql/ are of different releases: install both from one package") \
    X(WP_EV_DB_BIND, 205, ERROR, "a statement's parameter has no value bound, or one of another type", \
      "a defect of the portal: report it with the line") \
    X(WP_EV_DB_READ_ONLY, 206, ERROR, "a page that only reads asked for a change; nothing was changed", \
      "a defect of the portal: report it with the line") \
    X(WP_EV_DB_GATE, 207, ERROR, \
      "the file beside the SQLite database that orders writers (<database>-gate) cannot be used", \
      "the user httpd runs as needs to own, or to be able to write, the database, its directory and that file") \
    X(WP_EV_DB_SCHEMA_OLD, 208, ERROR, \
      "the database is of an older release than this one; every page that needs it answers 503", \
      "run waterportalctl upgrade, then all goes on by itself") \
    X(WP_EV_DB_SCHEMA_NEW, 209, ERROR, \
      "the database is of a newer release that this one cannot work with; every page answers 503", \
      "install the newer release here too") \
    X(WP_EV_DB_LATE, 210, ERROR, "the database did not answer in time; the page was answered with 503", \
      "the line names the statement: is the database busy or stopped, is a view of billing_ slow; " \
      "WaterPortalStatementTimeout, WaterPortalDatabaseTime") \
    X(WP_EV_DB_SERVER_READ_ONLY, 211, ERROR, "the database takes no changes: what a visitor sent was not saved", \
      "after a fail-over: name all servers in DBDParams, and target_session_attrs=read-write (docs/database.md)") \
    X(WP_EV_STYLESHEET, 301, ERROR, \
      "a stylesheet does not compile", \
      "the line names file and place; a broken site override is skipped and ours is used") \
    X(WP_EV_TRANSFORM, 302, ERROR, \
      "a page could not be rendered", \
      "the line names the stylesheet; set LogLevel waterportal:debug and repeat") \
    X(WP_EV_MESSAGE_MISSING, 304, WARNING, \
      "a text is missing in a language; the default language's is used", \
      "add the key to xslt/l10n") \
    X(WP_EV_PLACEHOLDER, 305, WARNING, \
      "a text has a placeholder that its stylesheet does not fill; it is shown as it is", \
      "take the {placeholder} out of the text in l10n, or fill it in the stylesheet") \
    X(WP_EV_FOREIGN_ISSUER, 401, WARNING, "a login from an issuer that is not in the issuers file was refused", \
      "add the issuer to the file of WaterPortalIssuersFile, or close mod_auth_openidc to it (conf/oidc.conf)") \
    X(WP_EV_NO_PERSON_CODE, 402, WARNING, "a login carried no person code we understand, so it was refused", \
      "the line names the issuer: is its person_code_claim right, does its scope ask for the claim, does " \
      "OIDCPassClaimsAs pass it") \
    X(WP_EV_NO_PLACES, 440, ERROR, \
      "what all processes of this machine count together cannot be shared: each limits itself only", \
      "may the user httpd runs as open waterportal-places in httpd's DefaultRuntimeDir; restart httpd, which makes " \
      "it") \
    X(WP_EV_NO_SUBJECT, 410, WARNING, "a login carried no usable subject (sub), so it was refused", \
      "the line names the issuer, which does not keep to OpenID Connect Core section 2: 1 to 255 ASCII characters " \
      "that name one person") \
    X(WP_EV_UNSIGNED, 414, WARNING, "a login's ID token was not signed as its issuer signs, so it was refused", \
      "the line has issuer and algorithm; nothing: OIDCPassIDTokenAs lacks serialized (conf/oidc.conf); none, HS…: " \
      "not of the issuer, or its set-up is wrong; another: id_token_signed_response_alg in issuers.json") \
    X(WP_EV_CODE_CASE, 411, NOTICE, \
      "a known login came with an unknown person code that the account may not take by itself; it was refused", \
      "waterportalctl cases lists it; the line names the issuer") \
    X(WP_EV_CODE_CHANGED, 412, NOTICE, "a further login, or a changed person code, became an account's", \
      "nothing, when the person knows of it: every proved address was written to; the audit log has the account") \
    X(WP_EV_ACCOUNT_CONFLICT, 413, NOTICE, "login and person code are of two accounts; the login was refused", \
      "waterportalctl cases lists it; the line names the issuer") \
    X(WP_EV_LOGGED_IN, 420, NOTICE, \
      "somebody logged in", \
      "nothing; for counting, and to compare with the issuer's own log") \
    X(WP_EV_LOGGED_OUT, 421, NOTICE, "somebody logged out", "nothing") \
    X(WP_EV_STEP_UP, 422, NOTICE, "a page that wants an eID shown just now was asked for", \
      "the line says whether it was shown; refusals without end: compare acr in issuers.json with what the eID sends") \
    X(WP_EV_FORM_REFUSED, 423, NOTICE, \
      "a form that the portal did not make for this person, or that came from another site, was refused", \
      "many of one page: does WaterPortalOrigin say what browsers see, is WaterPortalSecretFile the same on every " \
      "node; of one address: somebody tries") \
    X(WP_EV_SESSION_UNBOUND, 424, NOTICE, \
      "a session came from another browser than the one that logged in, and was refused", \
      "a session cookie may have been stolen or planted; always: does a proxy drop the cookie __Host-wp-login") \
    X(WP_EV_TOKEN_REFUSED, 425, NOTICE, "an access token was refused", \
      "the line says why; many from one address: somebody guesses, or a program was not told that its token has " \
      "ended") \
    X(WP_EV_FOREIGN_ID, 426, NOTICE, "somebody who is logged in asked for what is not theirs", \
      "the line has page, answer and the tag of the person (portal_audit.actor_tag); a few are old links, many are " \
      "a search") \
    X(WP_EV_CODE_WRONG, 427, NOTICE, \
      "a wrong confirmation code was typed", \
      "the line has the tag of the person; after five the code is worth nothing") \
    X(WP_EV_LIMITED, 428, NOTICE, \
      "somebody tried too often and has to wait", \
      "the line says what, and the tag of the person; of several persons at once: look who") \
    X(WP_EV_CONTRACT_TRIED, 501, WARNING, "several persons tried to register one contract within an hour", \
      "somebody may be guessing: look at portal_registration_try by the tag in the line; its owner is not locked out") \
    X(WP_EV_BANK_REFUSED, 502, ERROR, "a message said to be from a bank was not believed; nothing was changed", \
      "the line has the agreement and why: bad_signature – has the bank a new key, or does somebody try; others – " \
      "compare agreements.json with the bank's description") \
    X(WP_EV_BANK_UNKNOWN, 503, ERROR, "a bank reported a payment that this portal did not order", \
      "the line has the agreement and the number: is the agreement used elsewhere too, was the database set back") \
    X(WP_EV_BANK_REVIEW, 504, ERROR, "a payment came otherwise than it was ordered; people must look at it", \
      "waterportalctl reconcile lists it; the line has the payment and what differs") \
    X(WP_EV_BANK_AWAY, 505, ERROR, \
      "a bank did not answer: an order could not be left with it, or it could not be asked; the customer was told", \
      "the line has the agreement and why; waterportalctl check asks the bank, waterportalctl reconcile asks again " \
      "what became of open orders") \
    X(WP_EV_CHECK_DATABASE, 601, ERROR, "the database cannot be reached", \
      "is it running, is the file or string after --params right, may this user use it") \
    X(WP_EV_CHECK_SCHEMA, 602, ERROR, "the schema is older than this program", "run waterportalctl upgrade") \
    X(WP_EV_CHECK_TOO_OLD, 603, ERROR, "the database was upgraded by a newer release that this one cannot work with", \
      "install the newer release here too") \
    X(WP_EV_CHECK_STATEMENT, 604, ERROR, "a named statement does not work on this database", \
      "billing_ statements: compare the views with billing.sql; others: run waterportalctl upgrade") \
    X(WP_EV_CHECK_ISSUERS, 605, ERROR, "the list of banks and eID cannot be used", \
      "the line names the place; conf/issuers.json of the installation is an example") \
    X(WP_EV_CHECK_SECRET, 606, ERROR, "the secret file cannot be used", \
      "the line says why; make one with head -c 48 /dev/urandom | base64, mode 0600, the same on every node") \
    X(WP_EV_CHECK_FILES, 607, ERROR, "a file of the installation is missing or cannot be used", \
      "is --directory (WaterPortalDirectory) the installed share/waterportal; install the package again") \
    X(WP_EV_CHECK_AGREEMENT, 608, ERROR, "an agreement with a bank will not work, or not for long", \
      "the line has the agreement and what; docs/admin.md explains each member of agreements.json") \
    X(WP_EV_CHECK_ENCODING, 610, ERROR, "the database does not know which letters its bytes are", \
      "make a database with ENCODING 'UTF8' (or the billing system's encoding) and load the data into it") \
    X(WP_EV_CHECK_READ_ONLY, 611, ERROR, "the database takes no changes: nothing that visitors send would be saved", \
      "is this the primary? name all servers in DBDParams, and target_session_attrs=read-write") \
    X(WP_EV_CHECK_ID, 618, ERROR, "an id of billing cannot stand in addresses and forms: its pages answer 404", \
      "the line has the column, the id and why; mend it in the view (trim(), a length), docs/database.md says what " \
      "an id is")
/* clang-format on */

#define WP_EVENT_ID(id, number, level, meaning, mend) id,
typedef enum { WP_EVENTS(WP_EVENT_ID) WP_EVENT_COUNT } wp_event_id_t;
#undef WP_EVENT_ID

#endif
