// SPDX-License-Identifier: Apache-2.0
// The HTML of the demo identity providers. No script; everything inserted is escaped.

const accents = { 'bank-a': '#0b5d3b', 'bank-b': '#7a1f5c', eid: '#8a1c1c', staff: '#33475b' };
const escape = (text) => String(text).replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);

const style = (accent) => `
:root{color-scheme:light dark;--accent:${accent}}
*{box-sizing:border-box}
body{margin:0;font:1.0625rem/1.45 system-ui,"Noto Sans",sans-serif;background:Canvas;color:CanvasText}
header{background:var(--accent);color:#fff;padding:1rem}
header b{font-size:1.25rem}
header span{display:block;opacity:.9;font-size:.9rem}
header>div,main{max-width:34rem;margin:0 auto}
main{padding:1.5rem 1rem 3rem}
h1{font-size:1.6rem;margin:0 0 .75rem}
ul{list-style:none;margin:1rem 0;padding:0;display:grid;gap:.5rem}
button{font:inherit;cursor:pointer;border:2px solid var(--accent);border-radius:.4rem;padding:.6rem .9rem;background:var(--accent);color:#fff}
li button{width:100%;text-align:left;background:Canvas;color:CanvasText;border-color:GrayText}
li button:hover{border-color:var(--accent)}
li small{display:block}
button.plain{background:Canvas;color:CanvasText}
button:focus-visible,input:focus-visible{outline:3px solid #ffbf47;outline-offset:2px}
fieldset{border:0;margin:1.5rem 0;padding:0}
label{display:block;font-weight:600;margin-bottom:.25rem}
input{font:inherit;padding:.55rem;border:2px solid GrayText;border-radius:.4rem;width:12rem;max-width:100%}
.problem{border-left:.4rem solid #b3261e;padding:.25rem .75rem}`;

export function page(issuer, title, body) {
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>${escape(title)} – ${escape(issuer.name)}</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><style>${style(accents[issuer.key])}</style></head>
<body><header><div><b>${escape(issuer.name)}</b><span>demonstration – not a real provider</span></div></header>
<main><h1>${escape(title)}</h1>
${body}
</main></body></html>`;
}

const person = (p) => `<li><button name="login" value="${escape(p.login)}">${escape(p.given_name)} ${escape(p.family_name)}
<small>${escape(p.login)}: ${escape(p.special)}</small></button></li>`;

export function loginPage(issuer, uid, people, unknown) {
  const action = `/interaction/${escape(uid)}`;
  return page(issuer, 'Log in', `
${unknown ? `<p class="problem" id="unknown">Nobody is called “${escape(unknown)}” here.</p>` : ''}
<p>Who would you like to be?</p>
<form method="post" action="${action}" name="person"><ul>${people.map(person).join('\n')}</ul></form>
<form method="post" action="${action}" name="named"><fieldset>
<label for="login">Or type a login name</label>
<input id="login" name="login" autocomplete="off" autocapitalize="none" spellcheck="false" required> <button>Log in</button>
</fieldset></form>
<form method="post" action="${action}" name="cancel"><button class="plain" name="cancel" value="1">Cancel and go back</button></form>`);
}

export function logoutPage(issuer, form) {
  return page(issuer, 'Log out here too?', `<p>You have left the portal. Leave ${escape(issuer.name)} as well?</p>
${form}
<p><button form="op.logoutForm" name="logout" value="yes">Yes, log out</button>
<button class="plain" form="op.logoutForm">No, stay logged in</button></p>`);
}

export function errorPage(issuer, out) {
  return page(issuer, 'That did not work', `<p class="problem" id="problem"><b>${escape(out.error)}</b>: ${escape(out.error_description ?? '')}</p>`);
}
