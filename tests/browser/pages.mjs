// SPDX-License-Identifier: Apache-2.0
// usage: node pages.mjs DIRECTORY [SHOTS]
// Opens every rendered page (DIRECTORY/*.html) in Debian's Chromium at 320 and 1200 px, light and dark (pages in other
// languages than Latvian at 320 px): axe finds nothing, nothing scrolls sideways, nothing is reported on the console. With SHOTS, pictures are written there for a person to look at.
import { createServer } from 'node:http';
import { mkdtempSync, mkdirSync, readFileSync, readdirSync, existsSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createRequire } from 'node:module';
import { chromium } from 'playwright-core';

const htdocs = join(dirname(fileURLToPath(import.meta.url)), '../../htdocs');
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
// what the colour scheme can change; everything else is the same element in the dark
const colours = ['color-contrast', 'link-in-text-block'];
const types = { css: 'text/css', js: 'text/javascript', svg: 'image/svg+xml', html: 'text/html; charset=utf-8' };
const [directory, shots] = process.argv.slice(2);

// "/portal-assets/portal.1a2b3c4d.css" is htdocs/css/portal.css: the names of the fixtures' assets are made up
// "/portal-assets/reading-rules.js" is asked for by a script's import, which the build puts in its place
function file(path) {
  const asset = path.match(/^\/portal-assets\/([a-z-]+)(?:\.[0-9a-f]{8})?\.(css|js|svg)$/);
  if (!asset) return join(directory, path.replace(/[^a-z0-9_.-]/gi, ''));
  return join(htdocs, asset[2] === 'svg' ? '' : asset[2], `${asset[1]}.${asset[2]}`);
}

const server = createServer((request, response) => {
  const path = file(new URL(request.url, 'http://localhost').pathname);
  if (!existsSync(path)) return response.writeHead(404).end();
  response.writeHead(200, {
    'Content-Type': types[path.split('.').pop()],
    'Content-Security-Policy': "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'",
  }).end(readFileSync(path));
});

async function examine(page, name, width, scheme) {
  await page.setViewportSize({ width, height: 900 });
  await page.emulateMedia({ colorScheme: scheme });
  const found = await page.evaluate((names) => window.axe.run({ runOnly: names, resultTypes: ['violations'] }),
    scheme === 'dark' ? colours : rules);
  const problems = found.violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.target.join(' ')).slice(0, 3).join(', ')}`);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  if (wide > 0) problems.push(`scrolls sideways by ${wide} px`);
  if (shots) await page.screenshot({ path: join(shots, `${name}-${width}-${scheme}.png`), fullPage: true });
  return problems.map((problem) => `${name} ${width} ${scheme}: ${problem}`);
}

// takes names from the list until it is empty
async function visit(browser, names, failures) {
  const page = await browser.newPage();
  await page.addInitScript(axe);
  page.on('console', (message) => failures.push(`${page.url()}: ${message.text()}`));
  page.on('pageerror', (error) => failures.push(`${page.url()}: ${error}`));
  for (let name; (name = names.shift());) {
    await page.goto(`http://127.0.0.1:${server.address().port}/${name}`);
    // the other languages have the same elements: longer words matter, where there is least room
    const full = name.endsWith('.lv.html');
    for (const scheme of full ? ['light', 'dark'] : ['light'])
      for (const width of full ? (shots ? [320, 768, 1200] : [320, 1200]) : [320])
        failures.push(...await examine(page, name.replace(/\.html$/, ''), width, scheme));
  }
}

async function main() {
  if (shots) mkdirSync(shots, { recursive: true });
  await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
  const profile = mkdtempSync(join(tmpdir(), 'wp-pages-'));
  const browser = await chromium.launchPersistentContext(profile, {
    executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
    bypassCSP: false,
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
      '--disable-component-update', '--disable-sync'],
  });
  const failures = [];
  const names = readdirSync(directory).filter((name) => name.endsWith('.html')).sort();
  const count = names.length;
  try {
    await Promise.all([visit(browser, names, failures), visit(browser, names, failures)]);
  } finally {
    await browser.close();
    server.close();
    rmSync(profile, { recursive: true, force: true });
  }
  failures.forEach((failure) => console.error(failure));
  console.log(`${count} pages, ${failures.length} problems`);
  process.exit(failures.length || !count ? 1 : 0);
}

await main();
