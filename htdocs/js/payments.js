// SPDX-License-Identifier: Apache-2.0
// Paying: the sum follows what is typed, and the page on the way to the bank moves on by itself, once. The server computes the
// sum again and asks if it differs from the one that was shown.

const form = document.querySelector('form input[name^="amount."]')?.form;
// tolerates what gets pasted: removes invisible characters and the currency (base/clean.c; "10²" is not 102); the server reads the rest
const parse = (text) => {
  const amount = text
    .replace(/[\uff01-\uff60]/g, (c) => c.normalize('NFKC'))
    .replace(/\p{Cf}/gu, '')
    .replace(/\p{Zs}/gu, ' ')
    .trim()
    .replace(/^(?:€|EURO|EIRO|EUR)|(?:€|EURO|EIRO|EUR)$/i, '');
  const match = /^\s*(\d{1,12}|\d{1,3}(?: \d{3})+)(?:[.,](\d{1,2}))?\s*$/.exec(amount);
  return match ? Number(match[1].replace(/\D/g, '')) * 100 + Number((match[2] || '0').padEnd(2, '0')) : null;
};

if (form) {
  const inputs = [...form.querySelectorAll('input[name^="amount."]')];
  const total = form.querySelector('#total'), sum = form.querySelector('#sum');
  const format = new Intl.NumberFormat(document.documentElement.lang, { minimumFractionDigits: 2 });
  form.querySelector('button[value="compute"]').remove();
  form.addEventListener('input', () => {
    const cents = inputs.map((input) => parse(input.value));
    if (cents.includes(null)) return; // the server reports what is wrong
    const all = cents.reduce((a, b) => a + b, 0);
    sum.value = (all / 100).toFixed(2);
    total.textContent = `${format.format(all / 100)}\u00a0EUR`;
  });
}

// a person who comes back with the browser's button stays here
const leave = document.getElementById('leave');
if (leave && !sessionStorage.getItem(leave.dataset.once)) {
  sessionStorage.setItem(leave.dataset.once, 'left');
  if (leave.submit) leave.submit();
  else location.assign(leave.href);
}
