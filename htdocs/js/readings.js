// SPDX-License-Identifier: Apache-2.0
// Shows consumption and questions while a person types a reading; the rules are in reading-rules.js. Nothing here prevents
// submitting. In the served script, build/hash-assets.sh replaces the import by the imported file, so that the page loads a
// single script, and removes comments and indentation.
//
// The page provides the following; this script contains no words of its own:
//   form[data-readings]               data-texts: JSON, name → text with {use} {days} {value} {maybe} {last} {on} … to fill in:
//                                     "use.one", "use.other" … (plural forms of the days), "ask.CODE" for every question and for
//                                     reading_below, "error.CODE" for invalid input ("error.CODE.one": its singular); "separators"
//                                     (of thousands and decimals), "date" and "months" (l10n format.separators, .date, .months-short)
//   .wp-reading[data-check]           the meter: <check> of the page document (docs/vectors.md, subject readings)
//     input[name^="value."], output   where it is typed, and where the consumption is shown (an output is a polite live region)
//   button[value="compute"], [data-compute]   removed: the consumption is shown already

import { checkReading, clean } from "./reading-rules.js";

// Milliseconds: without a keystroke before the consumption is shown; after a finger or mouse button is lifted before new content
// may move the page; during which a second click on the same page counts as impatience.
const PAUSE = 400;
const CALM = 100;
const BUSY = 5000;

const formatter = (texts) => {
  const [, thousands = "", comma = "."] = /^(.?)(.)$/.exec(texts.separators) || [];
  const volume = (litres, decimals) => {
    const [whole, behind] = (litres / 1000).toFixed(3).split(".");
    const shown = decimals > 0 ? behind.slice(0, decimals) : behind.slice(0, 1).replace("0", "");
    return `${whole.replace(/\B(?=(\d{3})+$)/g, thousands)}${shown && comma + shown}\u00a0m³`;
  };
  const date = (iso) => {
    const [year, mm, dd] = iso.split("-");
    const month = (texts.months || "").split(";").find((name) => name.startsWith(mm)) || mm;
    return fill(texts.date || iso, { year, mm, dd, day: +dd, month: month.slice(2) });
  };
  return (name, value, decimals) => {
    if (/^\d{4}-/.test(value)) return date(value);
    return /days|factor|digits|decimals|count|percent|other$/.test(name) ? `${value}` : volume(value, decimals);
  };
};

// A button that moves between mouse down and mouse up gets no click, so nothing may appear while a finger or mouse button is
// down. A tap sends its mouse events afterwards: hence the wait.
function calm() {
  const waiting = [];
  let down = false;
  const go = () => down || waiting.splice(0).forEach((show) => show());
  const press = (event) => {
    down = event.type === "pointerdown";
    setTimeout(go, CALM);
  };
  for (const name of ["pointerdown", "pointerup", "pointercancel"]) addEventListener(name, press, true);
  return (show) => {
    waiting.push(show);
    setTimeout(go, CALM);
  };
}

const fill = (text, values) => text.replace(/\{(\w+)\}/g, (all, name) => (name in values ? values[name] : all));

function groupOf(element) {
  const check = JSON.parse(element.dataset.check);
  // an id from billing may contain quotes and backslashes
  const named = (name) => `[name="${CSS.escape(`${name}.${check.id}`)}"]`;
  const control = (name) => element.querySelector(named(name));
  const text = (name) => (control(name) ? clean(control(name).value) : "") || undefined;
  const input = control("value");
  const read = () => {
    const what = element.querySelector(`${named("what")}:checked`);
    // a browser's date control gives this format; anything else that a person types is left to the server
    const [on] = /^\d{4}-\d\d-\d\d$/.exec(text("swap-date")) || [];
    const answer = { what: what && what.value, on, end: text("swap-end"), start: text("swap-start") };
    return { ...check, typed: clean(input.value), answer };
  };
  const name = Array.from(element.querySelectorAll("h3, .wp-id"), (e) => e.textContent).join(", ");
  return { check, element, input, output: element.querySelector("output"), read, name };
}

function begin(form) {
  const texts = JSON.parse(form.dataset.texts);
  const format = formatter(texts);
  const plural = new Intl.PluralRules(document.documentElement.lang || "lv");
  const groups = Array.from(form.querySelectorAll("[data-check]"), groupOf).filter((group) => group.input && group.output);

  // the server's words, in the form that fits the number of digits
  function sentence({ code, args }, shown) {
    const form = plural.select(args.digits || args.decimals || 0);
    return fill(texts[`ask.${code}`] || texts[`error.${code}.${form}`] || texts[`error.${code}`] || "", shown);
  }

  // shows a question only when the number is complete, and none that the server has already asked
  function show(group, finished) {
    const others = groups.filter((other) => other !== group);
    const result = checkReading({ ...group.read(), others: others.map((other) => other.read()) });
    const { decimals } = group.check.meter;
    const parts = [];
    if ("use" in result) {
      const text = texts[`use.${plural.select(result.days)}`] || texts["use.other"];
      const [before, after = ""] = fill(text, { n: result.days }).split("{use}");
      const bold = document.createElement("b");
      bold.className = "nw";
      bold.textContent = format("use", result.use, decimals);
      parts.push(before, bold, after);
    }
    const [found] = (result.findings || []).slice(-1);
    if (found && finished && group.input.value !== group.input.defaultValue) {
      const shown = { typed: clean(group.input.value), value: format("value", result.litres || 0, decimals) };
      for (const [name, value] of Object.entries(found.args)) shown[name] = format(name, value, decimals);
      for (const { check, name } of others) if (check.id === found.other) shown.other = name;
      const hint = document.createElement("span");
      hint.className = result.verdict === "refuse" ? "govuk-error-message wp-flush" : "wp-soft";
      hint.textContent = sentence(found, shown);
      parts.push(hint);
    }
    group.output.replaceChildren(...parts);
  }

  const calmly = calm();
  for (const group of groups) {
    let timer = 0;
    const later = (finished, pause) => {
      clearTimeout(timer);
      timer = setTimeout(calmly, pause, () => show(group, finished));
    };
    group.element.addEventListener("input", () => later(false, PAUSE));
    group.element.addEventListener("change", () => later(true, 0));
  }
  form.querySelectorAll('[data-compute], [value="compute"]').forEach((element) => element.remove());

  let busy = 0;
  form.addEventListener("submit", (event) => {
    if (Date.now() < busy) event.preventDefault();
    else busy = Date.now() + BUSY;
  });
  addEventListener("pageshow", () => (busy = 0));
}

if (typeof document !== "undefined") document.querySelectorAll("form[data-readings]").forEach(begin);
