// SPDX-License-Identifier: Apache-2.0
// Demo identity providers: every issuer of issuers.json in one process, told apart by the Host header.
// usage: node idp.mjs --port 8445 --tls DIR --keys FILE --portal https://portal.localhost:8443
// DIR holds leaf.pem and leaf.key; FILE keeps the signing keys across restarts. Prints "ready ISSUER…" once it answers.
import crypto from 'node:crypto';
import fs from 'node:fs';
import https from 'node:https';
import { parseArgs } from 'node:util';
import { Provider, interactionPolicy } from 'oidc-provider';
import { claimsOf, findPerson, peopleOf, personClaims, subjectOf } from './people.mjs';
import { lie } from './lies.mjs';
import { errorPage, loginPage, logoutPage, page } from './pages.mjs';

const { values: option } = parseArgs({ options: {
  port: { type: 'string', default: '8445' },
  tls: { type: 'string' },
  keys: { type: 'string' },
  portal: { type: 'string', default: 'https://portal.localhost:8443' },
} });

const issuers = JSON.parse(fs.readFileSync(new URL('./issuers.json', import.meta.url), 'utf8')).issuers.map((i) => {
  const issuer = i.issuer.replace('@IDP_PORT@', option.port);
  const key = new URL(issuer).hostname.replace('.localhost', '');
  return { issuer, key, name: i.name.en, acr: i.acr ?? `urn:demo:acr:${i.level}`, amr: i.level === 'eid' ? ['sc', 'pin'] : ['otp'] };
});

const keys = fs.existsSync(option.keys) ? JSON.parse(fs.readFileSync(option.keys, 'utf8')) : {};

// Made once, then reused: mod_auth_openidc caches a provider's keys for an hour.
function signingKey(name) {
  keys[name] ??= { ...crypto.generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'jwk' }),
    kid: name, use: 'sig', alg: 'RS256' };
  return keys[name];
}

function cookieKey(name) {
  keys[`${name} cookies`] ??= crypto.randomBytes(32).toString('hex');
  return keys[`${name} cookies`];
}

async function readForm(request) {
  let body = '';
  for await (const chunk of request) {
    body += chunk;
    if (body.length > 16384) throw new Error('form too large');
  }
  return new URLSearchParams(body);
}

function send(response, status, html) {
  response.writeHead(status, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' });
  response.end(html);
}

function makeProvider(issuer) {
  const accounts = new Map(); // subject → person, filled by logging in
  const policy = interactionPolicy.base();
  policy.remove('consent'); // the utility is a first party of its own providers
  const provider = new Provider(issuer.issuer, {
    clients: [{
      client_id: 'waterportal',
      client_secret: `demo-secret-of-${issuer.key}-for-loopback-only`,
      redirect_uris: [`${option.portal}/portal/oidc`],
      post_logout_redirect_uris: [`${option.portal}/portal/public/goodbye`],
      response_types: ['code'],
      grant_types: ['authorization_code'],
      token_endpoint_auth_method: 'client_secret_basic',
      require_auth_time: true,
    }],
    jwks: { keys: [signingKey(issuer.key)] },
    cookies: { keys: [cookieKey(issuer.key)] },
    scopes: ['openid', 'profile'],
    claims: { openid: ['sub', 'acr', 'amr', 'auth_time'], profile: personClaims },
    acrValues: [issuer.acr],
    conformIdTokenClaims: false, // the profile claims go into the ID token
    features: {
      devInteractions: { enabled: false },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: async (ctx, form) => { ctx.body = logoutPage(issuer, form); },
        postLogoutSuccessSource: async (ctx) => { ctx.body = page(issuer, 'Logged out', '<p>You are logged out.</p>'); },
      },
    },
    pkce: { required: () => true, methods: ['S256'] },
    interactions: { policy, url: (ctx, interaction) => `/interaction/${interaction.uid}` },
    loadExistingGrant: async (ctx) => {
      const grant = new ctx.oidc.provider.Grant({ clientId: ctx.oidc.client.clientId, accountId: ctx.oidc.session.accountId });
      grant.addOIDCScope('openid profile');
      await grant.save();
      return grant;
    },
    findAccount: async (ctx, subject) => {
      const person = accounts.get(subject);
      return person && { accountId: subject, claims: async () => claimsOf(issuer.key, person) };
    },
    renderError: async (ctx, out) => { ctx.type = 'html'; ctx.body = errorPage(issuer, out); },
    ttl: { AccessToken: 600, AuthorizationCode: 60, IdToken: 600, Interaction: 900, Session: 3600, Grant: 3600 },
  });
  provider.use(async (ctx, next) => {
    await next();
    const person = accounts.get(ctx.oidc?.entities?.Account?.accountId);
    if (person) lie(ctx, person, { key: signingKey(issuer.key), secret: `demo-secret-of-${issuer.key}-for-loopback-only` });
  });
  provider.on('server_error', (ctx, error) => console.error(issuer.key, error));

  async function interact(request, response) {
    const { uid } = await provider.interactionDetails(request, response);
    if (request.method !== 'POST') return send(response, 200, loginPage(issuer, uid, peopleOf(issuer.key)));
    const form = await readForm(request);
    if (form.has('cancel')) {
      return provider.interactionFinished(request, response, { error: 'access_denied', error_description: 'the person cancelled' });
    }
    const login = (form.get('login') ?? '').trim();
    const person = findPerson(issuer.key, login);
    if (!person) return send(response, 200, loginPage(issuer, uid, peopleOf(issuer.key), login || '(nothing)'));
    const accountId = subjectOf(issuer.key, person);
    accounts.set(accountId, person);
    return provider.interactionFinished(request, response, { login: { accountId, acr: issuer.acr, amr: issuer.amr } });
  }

  const callback = provider.callback();
  return (request, response) => {
    if (!/^\/interaction\/[\w-]+$/.test(request.url)) return callback(request, response);
    return interact(request, response).catch((error) => {
      send(response, error.statusCode ?? 500, errorPage(issuer, { error: error.name, error_description: error.message }));
    });
  };
}

const providers = new Map(issuers.map((i) => [new URL(i.issuer).host, makeProvider(i)]));
fs.writeFileSync(option.keys, JSON.stringify(keys), { mode: 0o600 });

const server = https.createServer(
  { cert: fs.readFileSync(`${option.tls}/leaf.pem`), key: fs.readFileSync(`${option.tls}/leaf.key`) },
  (request, response) => {
    const provider = providers.get(request.headers.host);
    if (provider) return provider(request, response);
    response.writeHead(421);
    response.end('no such issuer here\n');
  });
server.listen(Number(option.port), '127.0.0.1', () => {
  console.log(`ready ${issuers.map((i) => i.issuer).join(' ')}`);
});
for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, () => process.exit(0));
