// SPDX-License-Identifier: Apache-2.0
// usage: node papers.mjs DIRECTORY
// Prints the papers among the rendered pages (DIRECTORY/*.html) to A4 with Debian's Chromium and reads the pages back: only the paper
// is there, every page is numbered, from the second on it says of what it is, table heads are repeated, nobody's signature stands apart.
import { createServer } from 'node:http';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, existsSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const css = join(dirname(fileURLToPath(import.meta.url)), '../../htdocs/css/portal.css');
const [directory] = process.argv.slice(2);
const server = createServer((request, response) => {
  const name = new URL(request.url, 'http://localhost').pathname.slice(1);
  const file = /portal\.[0-9a-f]{8}\.css$/.test(name) ? css : join(directory, name.replace(/[^a-z0-9_.-]/gi, ''));
  if (!existsSync(file)) return response.writeHead(404).end();
  response.writeHead(200, { 'Content-Type': file === css ? 'text/css' : 'text/html; charset=utf-8' }).end(readFileSync(file));
});

const words = (text) => text.replace(/\s+/g, ' ').trim();

// the first heads of its tables, the signatures, and what is on the screen only
const describe = () => ({
  running: document.documentElement.dataset.running,
  heads: [...document.querySelectorAll('.wp-paper table.wp-table')].map((t) => [...t.querySelectorAll('thead th')].map((c) => c.textContent)),
  signers: [...document.querySelectorAll('.wp-sign p')].map((p) => p.textContent),
  screen: [document.querySelector('.wp-brand').textContent, document.querySelector('.wp-footer h2').textContent],
});

function examine(name, paper, pages) {
  const problems = [];
  pages.forEach((page, at) => {
    if (!new RegExp(`(^| )${at + 1} ?/ ?${pages.length}$`).test(words(page))) problems.push(`page ${at + 1} has no number`);
    if (at > 0 && !words(page).startsWith(words(paper.running))) problems.push(`page ${at + 1} does not say of what it is`);
  });
  if (paper.signers.length) {
    const last = pages.findIndex((page) => paper.signers.every((who) => words(page).includes(words(who))));
    if (last < 0) problems.push('the signatures stand on several pages');
  }
  const long = paper.heads.map((cells) => pages.filter((page) => cells.every((cell) => words(cell).split(' ').every((word) => words(page).includes(word)))).length);
  if (pages.length > 2 && Math.max(...long) < pages.length - 1) problems.push(`a table's head is on ${Math.max(...long)} of ${pages.length} pages`);
  for (const text of paper.screen) if (pages.some((page) => words(page).includes(words(text)) && !words(paper.running).includes(words(text)))) problems.push(`prints “${text}”`);
  return problems.map((problem) => `${name}: ${problem}`);
}

async function main() {
  await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
  const profile = mkdtempSync(join(tmpdir(), 'wp-papers-'));
  const browser = await chromium.launchPersistentContext(profile, {
    executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  });
  const failures = [];
  let papers = 0, longest = 0;
  try {
    const page = await browser.newPage();
    for (const name of readdirSync(directory).filter((one) => one.endsWith('.lv.html')).sort()) {
      if (!readFileSync(join(directory, name), 'utf8').includes('class="wp-paper"')) continue;
      await page.goto(`http://127.0.0.1:${server.address().port}/${name}`);
      const pdf = join(profile, 'paper.pdf');
      const paper = await page.evaluate(describe);
      await page.pdf({ path: pdf, preferCSSPageSize: true });
      const pages = execFileSync('pdftotext', ['-layout', pdf, '-'], { encoding: 'utf8' }).split('\f').slice(0, -1);
      failures.push(...examine(name, paper, pages));
      papers += 1;
      longest = Math.max(longest, pages.length);
    }
  } finally {
    await browser.close();
    server.close();
    rmSync(profile, { recursive: true, force: true });
  }
  if (longest < 3) failures.push(`the longest paper has ${longest} pages: what runs over several is not tried`);
  failures.forEach((failure) => console.error(failure));
  console.log(`${papers} papers, ${failures.length} problems`);
  process.exit(failures.length || !papers ? 1 : 0);
}

await main();
