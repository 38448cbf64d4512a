// SPDX-License-Identifier: Apache-2.0
// usage: node flow.mjs RUN [SHOTS]     RUN: a demo that runs (tools/demo start --dir RUN)
// The whole flow in Debian's Chromium, with and without JavaScript, following the portal's own links: start page, chooser, bank,
// registration or readings, a question, its confirmation, receipt, history, a right given with an eID, logout; invoices paid at a bank. axe finds nothing on any page, light and
// dark, 320 and 1200 px; nothing is reported on the console (a CSP report would be).
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRequire } from 'node:module';
import { chromium } from 'playwright-core';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const colours = ['color-contrast', 'link-in-text-block']; // what the colour scheme can change
const [run, shots] = process.argv.slice(2);
const env = Object.fromEntries(readFileSync(join(run, 'demo.env'), 'utf8').trim().split('\n').map((line) => {
  const [, name, value] = line.match(/^(\w+)=(.*)$/);
  return [name, value.replace(/^(['"])(.*)\1$/, '$2')];
}));
const portal = env.PORTAL_URL;
let passed = 0, failed = 0;
function check(ok, what) {
  if (ok) passed += 1; else { failed += 1; console.log(`FAILED: ${what}`); }
}
if (shots) mkdirSync(shots, { recursive: true });

// axe cannot be loaded into a page whose policy forbids it, so it is evaluated by the browser's own protocol
async function examine(page, name, script) {
  for (const [width, scheme] of [[320, 'light'], [320, 'dark'], [1200, 'light'], [1200, 'dark']]) {
    await page.setViewportSize({ width, height: 900 });
    await page.emulateMedia({ colorScheme: scheme });
    if (shots) await page.screenshot({ path: join(shots, `${name}-${width}-${scheme}.png`), fullPage: true });
    if (!script) continue;
    await page.evaluate(axe);
    const found = await page.evaluate((names) => window.axe.run({ runOnly: names, resultTypes: ['violations'] }),
      scheme === 'dark' ? colours : rules);
    const problems = found.violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.target.join(' ')).slice(0, 3).join(', ')}`);
    check(problems.length === 0, `${name} ${width} ${scheme}: ${problems.join('; ')}`);
    check(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), `${name} ${width}: scrolls sideways`);
  }
  await page.setViewportSize({ width: 1200, height: 900 });
}

// the framework's colours of hovering are made for paper
async function hoverInTheDark(page, name) {
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.locator('.govuk-error-summary a').first().hover();
  const found = await page.evaluate(() => window.axe.run('.govuk-error-summary', { runOnly: ['color-contrast'] }));
  check(found.violations.length === 0, `${name}: a link of the error summary can be read under the mouse`);
  await page.emulateMedia({ colorScheme: 'light' });
}

// as a person does: by the words beside the box, once
async function tick(page, box) {
  await page.locator(`label[for="${await box.getAttribute('id')}"]`).click();
  check(await box.isChecked(), `${await box.getAttribute('id')} is ticked`);
}

// Types a number and presses a button at once, the field not left before: one press, as long as a person's, must count.
async function typeAndPress(page, field, text, button, press) {
  await field.fill('');
  await field.pressSequentially(text);
  await button.scrollIntoViewIfNeeded();
  const { x, y, width, height } = await button.boundingBox();
  const answered = page.waitForEvent('load', { timeout: 5000 }).then(() => true, () => false);
  await press(x + width / 2, y + height / 2);
  return answered;
}
const byMouse = (page) => async (x, y) => {
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.waitForTimeout(150);
  await page.mouse.up();
};
const byFinger = (page) => (x, y) => page.touchscreen.tap(x, y);
const byKey = (page) => () => page.keyboard.press('Enter');

// what is no reading is told when the field is left, in the server's words
async function mistype(page, name, field) {
  for (const [typed, words] of [['43,4o9', '“43,4o9” nav skaitlis'], ['-5', 'nevar būt mazāks par nulli'], ['336,9777', 'Jūs ierakstījāt 4'],
    ['1234567', 'Jūs ierakstījāt 7'], ['0,001', 'ir mazāk par iepriekšējo rādījumu']]) {
    await field.fill(typed);
    await page.locator('h1').click();
    const told = page.waitForFunction((text) => document.querySelector('output.wp-use').textContent.includes(text), words, { timeout: 3000 });
    check(await told.then(() => true, () => false), `${name}: “${typed}” is told at the field`);
  }
}

async function login(page, person, issuer) {
  await page.goto(portal);
  await page.getByRole('link', { name: 'Ienākt portālā' }).first().click();
  await page.getByRole('link', { name: issuer }).click();
  await page.locator('form[name=named] input[name=login]').fill(person);
  await page.locator('form[name=named] button').click();
}

async function submitReadings(page, name, script) {
  await page.goto(`${portal}readings`);
  await examine(page, `${name}-form`, script);
  const fields = await page.locator('input[name^="value."]').all();
  const previous = await page.locator('.wp-reading').first().locator('.wp-reading__meta b').nth(1).textContent();
  const value = Number(previous.replace(/[^0-9,]/g, '').replace(',', '.')) + 400;
  const written = (more) => (value + more).toFixed(3).replace('.', ',');
  for (const later of (await page.locator('input[name^="later."]').all()).slice(1)) await tick(page, later);
  if (script) {
    await mistype(page, name, fields[0]);
    await fields[0].fill(written(0));
    await page.waitForFunction(() => document.querySelector('output.wp-use').textContent.includes('400,000'));
    check(true, 'consumption while typing');
  }
  const submit = page.locator('button[value=submit]');
  for (const [way, press, more] of [['mouse', byMouse(page), 0], ['finger', byFinger(page), 1], ['Enter', byKey(page), 2]]) {
    check(await typeAndPress(page, page.locator('input[name^="value."]').first(), written(more), submit, press), `${name}: submitted by ${way} at once`);
    check((await page.title()).startsWith('Kļūda:'), `${name}: a question about 400 m³ (${way})`);
    await page.waitForTimeout(200); // of a double click on the same page
  }
  await examine(page, `${name}-question`, script);
  if (script) await hoverInTheDark(page, name);
  await tick(page, page.locator('input[name^="confirm."]'));
  await page.locator('button[value=submit]').click();
  check(/\/readings\/receipt\/R-\d{4}-\d{8}$/.test(page.url()), `${name}: a receipt, not ${page.url()}`);
  await examine(page, `${name}-receipt`, script);
  await page.getByRole('link', { name: 'Rādījumu vēsture' }).first().click();
  await examine(page, `${name}-history`, script);
}

// the own account: a code page, a token that is shown once, what a footer leads to
async function ownAccount(page, name, script) {
  await page.goto(`${portal}account`);
  await examine(page, `${name}-account`, script);
  await page.getByRole('link', { name: 'Mainīt e-pasta adresi' }).click();
  await page.locator('input[name=email]').fill(`${name}@example.lv`);
  await page.getByRole('button', { name: 'Nosūtīt kodu' }).click();
  check(page.url().endsWith('/account/email/code'), `${name}: the code's page, not ${page.url()}`);
  await examine(page, `${name}-account-code`, script);
  await page.goto(`${portal}account/tokens`);
  await page.locator('input[name=name]').fill('Pārlūks');
  await page.getByRole('button', { name: 'Izveidot atslēgu' }).click();
  check(/^wpt_[a-z2-7]{40}$/.test(await page.locator('.wp-secret').innerText()), `${name}: the token is shown`);
  await examine(page, `${name}-account-token`, script);
  await page.reload();
  check(await page.locator('.wp-secret').count() === 0, `${name}: the token is shown once`);
  await page.getByRole('contentinfo').getByRole('link', { name: 'Piekļūstamības paziņojums' }).click();
  await examine(page, `${name}-accessibility`, script);
  await page.goto(`${portal}home`);
}

// everything, to whoever has the link: the eID is asked for in between, and what was typed is not lost on the way
async function giveRight(page, name, person, script) {
  await page.goto(`${portal}delegations`);
  await examine(page, `${name}-rights`, script);
  await page.getByRole('link', { name: 'Jauna pilnvara' }).click();
  await page.locator('label[for="how-link"]').click();
  await page.locator('input[name=who]').fill('Kāds, kam uzticos');
  await page.locator('label[for="level-full"]').click();
  await examine(page, `${name}-right`, script);
  await page.locator('main form button[type=submit]').click();
  await page.waitForURL(/public\/login/);
  await examine(page, `${name}-step-up`, script);
  check(await page.getByRole('link', { name: 'Banka' }).count() === 0, `${name}: no bank at the step-up`);
  await page.getByRole('link', { name: 'eID' }).click();
  await page.locator('form[name=named] input[name=login]').fill(person);
  await page.locator('form[name=named] button').click();
  check(/\/delegations\/confirm\/[a-z2-7]{26}$/.test(page.url()), `${name}: to be confirmed, not ${page.url()}`);
  await examine(page, `${name}-confirm`, script);
  await page.getByRole('button', { name: 'Apstiprināt pilnvaru' }).click();
  check(/\/delegations\/given\//.test(page.url()), `${name}: given, not ${page.url()}`);
  check(await page.getByText(/\/delegations\/offer\/[a-z2-7]{26}/).count() === 1, `${name}: the link is shown`);
  await examine(page, `${name}-given`, script);
  await page.reload();
  check(await page.getByText(/\/delegations\/offer\//).count() === 0, `${name}: the link is shown once`);
}

// To the bank with all that is due, and one answer there; without a script each step has its button. part: so much of each invoice,
// as people write it; look: axe examines each page.
async function payAtBank(page, name, script, { bank, answer, part, look }) {
  const see = (state) => (look ? examine(page, `${name}-${state}`, script) : null);
  await page.goto(`${portal}invoices`);
  await see('invoices');
  await page.getByRole('link', { name: 'Maksāt visu, kas jāmaksā' }).click();
  const amounts = page.locator('input[name^="amount."]');
  const count = await amounts.count();
  const contracts = new Set((await page.locator('main tbody th').allTextContents()).map((number) => number.match(/\d\d-\d{5}/)?.[0]));
  check(count >= 3 && contracts.size >= 2, `${name}: three invoices of two contracts, not ${count} of ${contracts.size}`);
  for (let i = 0; part && i < count; i++) await amounts.nth(i).fill(part);
  await see('pay');
  await page.locator('label', { hasText: bank }).click();
  await page.getByRole('button', { name: 'Maksāt savā bankā' }).click();
  const sum = (count * Number(part?.replace(',', '.'))).toFixed(2);
  if (!script && part) { // nobody leaves before the new sum was seen
    check((await page.locator('#total').innerText()).includes(sum.replace('.', ',')), `${name}: the new sum is shown`);
    await page.getByRole('button', { name: 'Maksāt savā bankā' }).click();
  }
  if (!script) {
    await see('to-bank');
    await page.getByRole('button', { name: 'Turpināt bankā' }).or(page.getByRole('link', { name: 'Turpināt bankā' })).click();
  }
  await page.waitForURL(/^https:\/\/bank\.localhost/);
  check((await page.locator('main').innerText()).replace(',', '.').includes(part ? sum : 'EUR'), `${name}: ${bank} is asked for ${sum}`);
  await page.locator(`button[value=${answer}]`).click();
  if (answer === 'close') return;
  if (!script && !page.url().startsWith(portal)) await page.getByRole('button', { name: 'Atgriezties pie pārdevēja' }).click();
  await page.waitForURL(/\/portal\/pay\//);
  await see('back');
  await page.getByRole('link', { name: 'Uz maksājumu' }).click();
  check(/\/payments\/[a-z2-7]{26}$/.test(page.url()), `${name}: to the payment, not ${page.url()}`);
  await see('payment');
  check(await page.getByRole('heading', { name: answer === 'pay' ? 'Samaksāts' : 'Maksājums nav veikts' }).count() === 1, `${name}: ${bank}, ${answer}`);
}

// A part at each bank; then the rest, and the browser is closed at the bank.
async function payInvoices(page, name, script) {
  await login(page, script ? 'liga' : 'martins', 'Banka A');
  await page.goto(`${portal}invoices`);
  await page.locator('a[href*="/invoices/invoice?no="]').first().click();
  await examine(page, `${name}-invoice`, script);
  await page.getByRole('link', { name: 'Drukāt' }).click();
  await examine(page, `${name}-invoice-print`, script);
  await payAtBank(page, name, script, { bank: 'Pirmā banka', answer: 'cancel', look: true });
  for (const bank of ['Pirmā banka', 'Otrā banka', 'Trešā banka', 'Ceturtā banka'])
    await payAtBank(page, `${name}-${bank.slice(0, 5)}`, script, { bank, answer: 'pay', part: '1,15', look: bank === 'Ceturtā banka' });
  await payAtBank(page, name, script, { bank: script ? 'Otrā banka' : 'Ceturtā banka', answer: 'close' });
  // the bank tells it itself, whatever became of the browser
  // of Līga's own; she may also pay for Anna, whose invoice stays, apart and by name
  const left = async () => (await page.getByRole('link', { name: 'Maksāt visu, kas jāmaksā' }).count()) + (await page.getByText('Maksājums ceļā').count());
  for (let i = 0; i < 40; i++) {
    await page.goto(`${portal}invoices`);
    if (!await left()) break;
    await page.waitForTimeout(250);
  }
  check(await left() === 0, `${name}: all is paid`);
  check(await page.getByText(script ? 'Citu rēķini' : 'Viss ir samaksāts').count() === 1, `${name}: nothing but others' invoices is left`);
  await examine(page, `${name}-invoices-paid`, script);
  await page.goto(`${portal}payments`);
  check(await page.locator('.govuk-tag--green').count() === 5, `${name}: five payments were made`);
  await examine(page, `${name}-payments`, script);
}

async function flow(script, person, issuer) {
  const directory = mkdtempSync(join(tmpdir(), 'wp-chromium-'));
  const name = script ? 'script' : 'plain';
  const context = await chromium.launchPersistentContext(directory, {
    executablePath: '/usr/bin/chromium', headless: true, javaScriptEnabled: script, hasTouch: true,
    args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
      '--disable-component-update', '--disable-sync', `--ignore-certificate-errors-spki-list=${readFileSync(env.SPKI_FILE, 'utf8').trim()}`],
  });
  try {
    const page = context.pages()[0];
    page.setDefaultTimeout(15000);
    page.on('pageerror', (error) => check(false, `${name}: ${error.message}`));
    page.on('console', (message) => {
      const ours = message.location().url.startsWith(portal.replace(/portal\/$/, ''));
      if (ours && message.type() === 'error' && !/status of 4\d\d/.test(message.text())) check(false, `${name}: ${message.text()}`);
    });
    await page.goto(portal);
    await examine(page, `${name}-start`, script);
    await login(page, 'mallory', 'eID');
    await examine(page, `${name}-registration`, script);
    await page.locator('input[name=contract]').fill('10-99999');
    await page.locator('input[name=email]').fill('m@example.lv');
    await tick(page, page.locator('input[name=declare]'));
    await page.locator('form[method=post] button[type=submit]').click();
    check((await page.title()).startsWith('Kļūda:'), `${name}: an unknown contract`);
    await examine(page, `${name}-registration-refused`, script);
    await context.clearCookies();
    await login(page, person, issuer);
    check(page.url() === `${portal}home`, `${name}: home, not ${page.url()}`);
    await examine(page, `${name}-home`, script);
    await ownAccount(page, name, script);
    await submitReadings(page, name, script);
    await giveRight(page, name, person, script);
    await page.getByRole('link', { name: 'Iziet' }).click();
    if (page.url().includes('/session/end')) await page.getByRole('button', { name: /Yes/ }).click();
    check(page.url().endsWith('/public/goodbye'), `${name}: logged out, not ${page.url()}`);
    await page.goto(`${portal}nothing-here`);
    await examine(page, `${name}-not-found`, script);
    await context.clearCookies();
    await payInvoices(page, name, script);
  } catch (error) {
    check(false, `${name}: ${error.message.split("\n")[0]} ${(error.stack.match(/flow\.mjs:\d+/g) ?? []).join(" ")}`);
  } finally {
    await context.close();
    rmSync(directory, { recursive: true, force: true });
  }
}

await flow(true, 'load0099', 'Banka A');
await flow(false, 'load0100', 'Banka B');
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
