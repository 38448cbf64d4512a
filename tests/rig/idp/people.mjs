// SPDX-License-Identifier: Apache-2.0
// The demo persons, and how each issuer spells their person code.
import crypto from 'node:crypto';
import fs from 'node:fs';

const { people, load } = JSON.parse(fs.readFileSync(new URL('./people.json', import.meta.url), 'utf8'));

const hyphenated = (code) => `${code.slice(0, 6)}-${code.slice(6)}`;

// Real providers differ in claim and spelling, and so do these.
const spellings = {
  'bank-a': (code) => ({ serialNumber: `PNOLV-${hyphenated(code)}` }),
  'bank-b': (code) => ({ 'urn:demo:personal-code': hyphenated(code) }),
  eid: (code) => ({ nin: code, nin_issuing_country: 'LV' }),
  staff: () => ({}),
};

export const personClaims = ['serialNumber', 'urn:demo:personal-code', 'nin', 'nin_issuing_country', 'roles',
  'name', 'given_name', 'family_name'];

// The persons of the load test follow from a rule: load0001 and so on.
function loadPerson(login) {
  const number = /^load(\d{4})$/.exec(login)?.[1];
  if (!number || Number(number) < 1 || Number(number) > load.count) return undefined;
  return { login, given_name: load.given_name, family_name: load.family_name.replace('%04d', number),
    code: load.code.replace('%04d', number) };
}

// A person whose family name has this many bytes: long8000.
function longPerson(login) {
  const bytes = Number(/^long(\d{1,5})$/.exec(login)?.[1]);
  return bytes > 0 ? { login, given_name: load.given_name, family_name: 'x'.repeat(bytes), code: load.code.replace('%04d', '0001') } : undefined;
}

const mayUse = (person, key) => (person.issuers ?? ['bank-a', 'bank-b', 'eid']).includes(key);

export const peopleOf = (key) => people.filter((p) => mayUse(p, key));

// A test may type JSON for a login name: {"login": "anna", "code": "32…", "claims": {…}, "token": {…}}. code replaces the
// person's own, claims replace the usual ones (null removes one); token is for lies.mjs.
function madePerson(key, login) {
  try {
    const made = JSON.parse(login);
    const person = findPerson(key, made.login);
    return person && { ...person, code: made.code ?? person.code, claims: made.claims, token: made.token };
  } catch {
    return undefined;
  }
}

export function findPerson(key, login) {
  if (login.startsWith('{')) return madePerson(key, login);
  const person = people.find((p) => p.login === login) ?? loadPerson(login) ?? longPerson(login);
  return person && mayUse(person, key) ? person : undefined;
}

// The same person has a different subject at every issuer, as in reality.
export const subjectOf = (key, person) =>
  crypto.createHash('sha256').update(`${key}:${person.login}`).digest('hex').slice(0, 20);

export const claimsOf = (key, person) => ({
  sub: subjectOf(key, person),
  name: `${person.given_name} ${person.family_name}`,
  given_name: person.given_name,
  family_name: person.family_name,
  ...(person.roles && { roles: person.roles }),
  ...spellings[key](person.code),
});
