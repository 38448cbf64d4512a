// SPDX-License-Identifier: Apache-2.0
// What a provider must not send, for tests: ID tokens with claims or signatures that the standard does not allow.
import crypto from 'node:crypto';

const encode = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');

// adds claims, replacing those of the same name; null removes one
const over = (claims, more) => Object.fromEntries(Object.entries({ ...claims, ...more }).filter(([, value]) => value !== null));

const signers = {
  RS256: (text, { key }) => crypto.sign('sha256', Buffer.from(text), crypto.createPrivateKey({ key, format: 'jwk' })).toString('base64url'),
  none: () => '',
  // the client's secret, which it shares with the provider
  HS256: (text, { secret }) => crypto.createHmac('sha256', secret).update(text).digest('base64url'),
  // the provider's public key, which everybody has, as if it were a secret
  confused: (text, { key }) => crypto.createHmac('sha256', crypto.createPublicKey({ key, format: 'jwk' }).export({ type: 'spki', format: 'pem' }))
    .update(text).digest('base64url'),
};

// person.claims: replace those of token and userinfo; person.token.sign: how the token is signed
export function lie(ctx, person, keys) {
  if (!person.claims && !person.token) return;
  if (ctx.oidc.route === 'userinfo') ctx.body = over(ctx.body, person.claims);
  if (ctx.oidc.route !== 'token' || !ctx.body?.id_token) return;
  const [head, payload] = ctx.body.id_token.split('.').slice(0, 2).map((part) => JSON.parse(Buffer.from(part, 'base64url').toString() || 'null'));
  const sign = person.token?.sign ?? 'RS256';
  // a forger omits what would give the token away: the key's name, and the hash that depends on the token's algorithm
  const { kid, ...rest } = head;
  const header = sign === 'RS256' ? head : { ...rest, alg: sign === 'confused' ? 'HS256' : sign };
  const text = `${encode(header)}.${encode(over(payload, sign === 'RS256' ? person.claims : { ...person.claims, at_hash: null }))}`;
  ctx.body = { ...ctx.body, id_token: `${text}.${signers[sign](text, keys)}` };
}
