// SPDX-License-Identifier: Apache-2.0
// Consumption and questions of a typed reading: the same rules as domain/reading/*.c, in the same order
// (tests/vectors/readings.json is run on both, tests/vectors/differential compares them); the server decides.
// Numbers stay below 2^53, so products are exact. This file knows nothing of the page; readings.js, which imports it, does.

// ---- pasted text: base/clean.c, as far as numbers are concerned

const SAME = /[\ufe50-\ufe6f\uff01-\uff60\uffe0-\uffee\u{1d400}-\u{1d7ff}]/gu;
const IGNORED = /[\p{Cf}\p{Default_Ignorable_Code_Point}\p{Me}\u0080-\u0084\u0086-\u009f]/gu;
const isDigit = (point) => /\p{Nd}/u.test(String.fromCodePoint(point));

// the ten digits of a script are consecutive, from a code point that ends with 0 or 6
function digitOf(c) {
  const point = c.codePointAt(0);
  const row = point - (point % 16);
  return point - (isDigit(row) ? row : row + 6);
}

export const clean = (text) =>
  text
    .replace(SAME, (c) => c.normalize("NFKC"))
    .replace(IGNORED, "")
    .replace(/\p{Nd}/gu, digitOf)
    .replace(/[\p{Pd}\u2212]/gu, "-")
    .replace(/\p{Zs}/gu, " ")
    .replace(/[\u0085\u2028\u2029]/g, "\n")
    .normalize("NFC")
    .replace(/^[ \t\r\n]+|[ \t\r\n]+$/g, "")
    .replace(/([^])(?:m\u00b3|m3|\u33a5)$/i, "$1")
    .replace(/[ \t\r\n]+$/, "");

// ---- numbers as typed: domain/volume.c

const SPACE = "[ \\u00a0\\u2009\\u202f]";
const NUMBER = new RegExp(
  `^(?:${SPACE}|[\\t\\r\\n])*([-\\u2212]?)(\\d+|\\d{1,3}(?:${SPACE}\\d{3})+)(?:[.,](\\d+))?(?:${SPACE}|[\\t\\r\\n])*$`,
);
const BLANK = new RegExp(`^(?:${SPACE}|[\\t\\r\\n])*$`);
const clamp = (low, value, high) => Math.min(Math.max(low, value), high);

export function parseVolume(text, digits, decimals) {
  if (BLANK.test(text)) return { verdict: "empty", litres: 0 };
  const [, minus, typed, behind = ""] = NUMBER.exec(text) || [];
  if (typed === undefined) return { verdict: "not_a_number", litres: 0 };
  if (minus) return { verdict: "negative", litres: 0 };
  const whole = typed.replace(/\D/g, "").replace(/^0+/, "");
  if (whole.length > clamp(1, digits, 9)) return { verdict: "too_many_digits", litres: 0, count: whole.length };
  if (behind.length > clamp(0, decimals, 3)) return { verdict: "too_many_decimals", litres: 0, count: behind.length };
  return { verdict: "ok", litres: +(whole + behind.padEnd(3, "0")) };
}

// ---- consumption: domain/meter.c

const LITRES_MAX = 1e12;
const DAYS_MAX = 3660;
const HISTORY_MAX = 40;
const div = (a, b) => Math.floor(a / b);
const part = (whole, percent) => div(whole, 100) * percent + div((whole % 100) * percent, 100);
const rateOf = (use, days) => div(use * 1000, days);
const rateVolume = (rate, days) => div(rate, 1000) * days + div((rate % 1000) * days, 1000);
const dayOf = (iso) => Date.parse(`${iso}T00:00:00Z`) / 864e5;
const isoOf = (day) => new Date(day * 864e5).toISOString().slice(0, 10);
const turnOf = (meter) => 1000 * 10 ** Math.min(meter.digits, 9);
const unitOf = (meter) => 10 ** (3 - clamp(0, meter.decimals, 3));
const median = (rates) => {
  const sorted = rates.sort((a, b) => a - b);
  const half = sorted.length >> 1;
  if (half === 0) return sorted.length ? sorted[0] : 0;
  return sorted.length % 2 ? sorted[half] : div(sorted[half - 1] + sorted[half], 2);
};

const meterOf = (meter, entry) => (entry.digits > 0 ? { ...meter, digits: entry.digits } : meter);

function counterUse(meter, from, to) {
  if (to >= from) return to - from;
  return from < turnOf(meter) ? to - from + turnOf(meter) : -1;
}

const REAL = ["read", "staff", "remote", "swap_end", "swap_start"];
const isRead = (e) => REAL.includes(e.kind) && e.litres >= 0 && e.litres < LITRES_MAX;
const sameMeter = (a, b) => a.device === b.device && a.kind !== "swap_end" && b.kind !== "swap_start";

function isRollover(meter, a, b) {
  const own = meterOf(meter, a);
  const use = counterUse(own, a.litres, b.litres);
  return b.litres < a.litres && use >= 0 && (b.rolled || use * 2 < turnOf(own));
}

const isDisproved = (meter, a, b) =>
  sameMeter(a, b) && b.litres < a.litres && a.kind !== "swap_start" && !isRollover(meter, a, b);

function stepOf(meter, a, b) {
  const step = { from: a, to: b, start: a.on, end: b.on, use: 0, known: false, rolled: false, swap: false };
  if (a.on > b.on) return step;
  if (a.kind === "swap_end" && b.kind === "swap_start") {
    step.known = step.swap = true;
  } else if (sameMeter(a, b)) {
    step.rolled = isRollover(meter, a, b);
    step.known = b.litres >= a.litres || step.rolled;
    step.use = step.known ? counterUse(meterOf(meter, a), a.litres, b.litres) : 0;
  }
  return step;
}

function historyOf(meter, entries) {
  const read = [];
  for (const entry of entries.slice(-HISTORY_MAX)) {
    if (!isRead(entry)) continue;
    while (read.length && isDisproved(meter, read[read.length - 1], entry)) read.pop();
    read.push(entry);
  }
  return { steps: read.slice(1).map((entry, i) => stepOf(meter, read[i], entry)), last: read[read.length - 1] };
}

function stepCounts(step, daysMin) {
  const days = step.end - step.start;
  return step.known && !step.swap && days >= daysMin && days <= DAYS_MAX;
}

function useBetween(steps, from, to) {
  let sum = 0;
  let covered = 0;
  for (const step of steps) {
    const days = Math.min(step.end, to) - Math.max(step.start, from);
    if (days <= 0 || !stepCounts(step, 1)) continue;
    sum += div(step.use * days, step.end - step.start);
    covered += days;
  }
  return [Math.min(sum, LITRES_MAX), covered];
}

// ---- thresholds: domain/reading/policy.h

const POLICY = {
  "high-percent": 300, "high-minimum": 5000, "first-per-day": 2000, "season-percent": 250, "season-usual-percent": 150,
  "low-percent": 15, "low-usual-percent": 50, "low-minimum": 3000, "zero-days": 50, "zero-minimum": 1000,
  "hint-low-percent": 50, "hint-high-percent": 200, "rollover-percent": 500, "rollover-counter-percent": 10,
  "usual-days": 400, "usual-step-days": 7, "usual-steps": 2, "season-coverage-percent": 60,
  "leak-percent": 150, "leak-per-day": 50, "leak-step-days": 20, "leak-history": 3,
};

// ---- the case: domain/reading/case.c

const isSwap = (entry) => entry.kind === "swap_end" || entry.kind === "swap_start";

function baseOf({ steps, last }) {
  const base = { last: null, since: 0, use: 0, swap: false, incomplete: false, rolled: false };
  if (!last) return base;
  if (last.kind === "swap_end") return { ...base, incomplete: true };
  let start = (base.last = last);
  for (let i = steps.length - 1; i >= 0 && isSwap(start); i--) {
    if (!steps[i].known) {
      base.incomplete = true;
      break;
    }
    base.use += steps[i].use;
    base.swap = base.swap || steps[i].swap;
    base.rolled = base.rolled || steps[i].rolled;
    start = steps[i].from;
  }
  base.use = Math.min(base.use, LITRES_MAX);
  base.since = start.on;
  return base;
}

function setHistory(c, entries) {
  c.history = historyOf(c.meter, entries);
  c.base = baseOf(c.history);
}

function compare(c) {
  const { policy: p, days } = c;
  const { steps } = c.history;
  c.hasUsual = c.hasSeason = false;
  if (days > DAYS_MAX) return;
  const counting = steps.filter(
    (step) => stepCounts(step, p["usual-step-days"]) && steps[steps.length - 1].end - step.end <= p["usual-days"],
  );
  const rate = median(counting.map((step) => rateOf(step.use, step.end - step.start)));
  c.hasUsual = counting.length >= p["usual-steps"];
  c.usual = Math.min(rateVolume(rate, days), LITRES_MAX);
  const start = c.base.since - 365;
  const [used, covered] = useBetween(steps, start, start + days);
  c.hasSeason = covered > 0 && covered * 100 >= p["season-coverage-percent"] * days;
  c.season = c.hasSeason ? div(used * days, covered) : 0;
}

function setUse(c, use, days) {
  c.hasUse = true;
  c.use = use;
  c.days = Math.max(days, 1);
  compare(c);
}

function makeCase(input) {
  const entries = (input.history || []).map(([on, litres, kind, device = 1, rolled = false, digits = 0], index) => ({
    on: dayOf(on), litres, kind, device, rolled, digits, index,
  }));
  const { verdict, litres, count } = parseVolume(input.typed || "", input.meter.digits, input.meter.decimals);
  const c = {
    input, entries, meter: input.meter, policy: { ...POLICY, ...input.policy }, fault: verdict, count,
    hasValue: verdict === "ok", value: litres, on: dayOf(input.on), days: 1, answer: input.answer || {},
    // and, once they are known: below, answered, partial, hasUse, use, hasUsual, usual, hasSeason, season
  };
  setHistory(c, entries);
  if (c.base.last) {
    setUse(c, c.base.use + c.value - c.base.last.litres, c.on - c.base.since);
    c.below = c.hasValue && c.value < c.base.last.litres;
    c.hasUse = c.hasValue && !c.below;
  }
  return c;
}

// ---- unusual consumption: domain/reading/rules.c

const highLimit = (c) => Math.max(part(c.usual, c.policy["high-percent"]), c.policy["high-minimum"]);
const firstLimit = (c) => Math.max(c.policy["first-per-day"] * c.days, c.policy["high-minimum"]);
const seasonLimit = (c) => Math.max(part(c.season, c.policy["season-percent"]), c.policy["high-minimum"]);
const isHigh = (c) => c.hasUsual && c.use > highLimit(c) && (!c.hasSeason || c.use > seasonLimit(c));
const isHighFirst = (c) => !c.hasUsual && c.use > firstLimit(c);
const isSeasonHigh = (c) =>
  c.hasUsual && c.hasSeason && c.use > seasonLimit(c) && c.use > part(c.usual, c.policy["season-usual-percent"]);
const isLow = (c) =>
  c.hasUsual && !c.partial && c.use > 0 && c.usual >= c.policy["low-minimum"] &&
  c.use < part(c.usual, c.policy["low-percent"]) && (!c.hasSeason || c.use < part(c.season, c.policy["low-percent"]));
const isSeasonLow = (c) =>
  c.hasUsual && c.hasSeason && !c.partial && c.use > 0 && c.season >= c.policy["low-minimum"] &&
  c.use < part(c.season, c.policy["low-percent"]) && c.use < part(c.usual, c.policy["low-usual-percent"]);
const isMuch = (c) => c.hasUse && (isHigh(c) || isHighFirst(c) || isSeasonHigh(c));
const isLittle = (c) => c.hasUse && (isLow(c) || isSeasonLow(c));
const isSuspicious = (c) => c.below || isMuch(c) || isLittle(c);

const percentOf = (c, name, limit) => (limit > c.policy["high-minimum"] ? c.policy[name] : undefined);
const usualOf = (c) => (c.hasUsual ? c.usual : undefined);
const seasonOf = (c) => (c.hasSeason ? c.season : undefined);
const useOf = (c) => (c.hasUse ? c.use : undefined);

const askHigh = (c) => isHigh(c) && {
  use: c.use, days: c.days, usual: c.usual, percent: percentOf(c, "high-percent", highLimit(c)), limit: highLimit(c),
  season: seasonOf(c),
};
const askHighFirst = (c) => isHighFirst(c) && {
  use: c.use, days: c.days, per_day: percentOf(c, "first-per-day", firstLimit(c)), limit: firstLimit(c),
};
const askSeasonHigh = (c) => isSeasonHigh(c) && {
  use: c.use, days: c.days, season: c.season, percent: percentOf(c, "season-percent", seasonLimit(c)),
  limit: seasonLimit(c), usual: c.usual,
};
const askLow = (c) => isLow(c) && {
  use: c.use, days: c.days, usual: c.usual, percent: c.policy["low-percent"],
  limit: part(c.usual, c.policy["low-percent"]), season: seasonOf(c),
};
const askSeasonLow = (c) => isSeasonLow(c) && {
  use: c.use, days: c.days, season: c.season, percent: c.policy["low-percent"],
  limit: part(c.season, c.policy["low-percent"]), usual: c.usual,
};

function zeroBefore(c) {
  const before = c.history.steps.filter((step) => !step.swap).pop();
  return before !== undefined && before.known && before.use === 0;
}

const lastOf = (c) => ({ last: c.base.last.litres, last_on: isoOf(c.base.last.on), days: c.days });
const askSame = (c) => c.use === 0 && !zeroBefore(c) && lastOf(c);
const askZeroAfterUse = (c) =>
  c.hasUsual && c.usual >= c.policy["low-minimum"] && askSame(c) && { ...lastOf(c), usual: c.usual };

function askUseAfterZero(c) {
  let days = 0;
  for (const step of c.history.steps.slice().reverse()) {
    if (!step.known || step.use > 0) break;
    days += step.end - step.start;
  }
  if (c.use <= c.policy["zero-minimum"] || days < c.policy["zero-days"] || (c.hasSeason && c.season > 0)) return false;
  return { use: c.use, days: c.days, zero_days: days, limit: c.policy["zero-minimum"] };
}

// ---- likely mistakes

const useWith = (c, value) => c.base.use + value - c.base.last.litres;

const canFollow = (c, value) => c.base.last && value >= c.base.last.litres && value < turnOf(c.meter);

const known = (c) => [usualOf(c), seasonOf(c)].filter((litres) => litres >= 0);
const fittingMost = (c) => (known(c).length ? part(Math.max(...known(c)), c.policy["hint-high-percent"]) : firstLimit(c));

function fits(c, value) {
  const least = known(c).length ? part(Math.min(...known(c)), c.policy["hint-low-percent"]) : 0;
  return canFollow(c, value) && useWith(c, value) >= least && useWith(c, value) <= fittingMost(c);
}

const isNotTooMuch = (c, value) =>
  canFollow(c, value) && useWith(c, value) <= Math.max(fittingMost(c), c.policy["high-minimum"]);

const maybeOf = (c, maybe) => ({ use: useOf(c), maybe_use: useWith(c, maybe), days: c.days, usual: usualOf(c) });

function isExchanged(c, o) {
  if (c.below || o.below) return isNotTooMuch(c, o.value) && isNotTooMuch(o, c.value);
  return (isSuspicious(c) || isSuspicious(o)) && fits(c, o.value) && fits(o, c.value);
}

function askExchanged(c, others) {
  const other = others.find((o) => o.hasValue && isExchanged(c, o));
  return other && { other, value: c.value, other_value: other.value, ...maybeOf(c, other.value) };
}

function askDuplicate(c, others) {
  const twin = (o) => o.hasValue && o.value === c.value && c.value > 0 && !(fits(c, c.value) && fits(o, c.value));
  const other = others.find(twin);
  return other && { other, value: c.value, use: useOf(c), days: c.hasUse ? c.days : undefined };
}

function askSameAsOlder(c) {
  const { last } = c.base;
  const older = c.entries
    .slice(0, last.index)
    .filter((e) => e.device === last.device && e.litres === c.value && REAL.includes(e.kind))
    .pop();
  return older && { value: c.value, on: isoOf(older.on) };
}

function askOtherMeter(c, others) {
  const other = isSuspicious(c) && others.find((o) => o.base.last && o.base.last.litres === c.value);
  return other && { other, value: c.value, on: isoOf(other.base.last.on) };
}

function askSameAsEstimate(c) {
  const estimates = c.entries.slice(c.history.last.index + 1).filter((e) => e.kind === "estimated" && e.litres === c.value);
  return estimates.length > 0 && { value: c.value, on: isoOf(estimates.pop().on) };
}

function slip(c, shifted) {
  const factor = [10, 100, 1000].find((f) => fits(c, shifted(f)));
  return factor && { value: c.value, factor, maybe: shifted(factor), ...maybeOf(c, shifted(factor)) };
}
const askSlipUp = (c) => isMuch(c) && slip(c, (f) => div(div(c.value, f), unitOf(c.meter)) * unitOf(c.meter));
const askSlipDown = (c) => (c.below || isLittle(c)) && slip(c, (f) => c.value * f);

function askTransposed(c) {
  if (!isSuspicious(c) || (!c.hasUsual && !c.hasSeason)) return false;
  const expected = c.base.last.litres - c.base.use + (c.hasUsual ? c.usual : c.season);
  const away = (value) => Math.abs(value - expected);
  let best = -1;
  let nearest = away(c.value);
  for (let place = unitOf(c.meter); place * 10 <= c.value; place *= 10) {
    const low = div(c.value, place) % 10;
    const high = div(div(c.value, place), 10) % 10;
    const maybe = c.value + (high - low) * place + (low - high) * place * 10;
    if (!fits(c, maybe) || away(maybe) * 2 > away(c.value) || away(maybe) >= nearest) continue;
    best = maybe;
    nearest = away(maybe);
  }
  return best >= 0 && { value: c.value, maybe: best, ...maybeOf(c, best) };
}

const lastMeter = (c) => meterOf(c.meter, c.base.last);

function unlikelyLimit(c) {
  if (c.hasUsual) return Math.max(part(c.usual, c.policy["rollover-percent"]), c.policy["high-minimum"]);
  return part(turnOf(lastMeter(c)), c.policy["rollover-counter-percent"]);
}

function askRolloverUnlikely(c) {
  const limit = unlikelyLimit(c);
  if (c.answer.what !== "rollover" || c.use <= limit) return false;
  return { use: c.use, days: c.days, limit, last: c.base.last.litres, value: c.value, usual: usualOf(c) };
}

const [PLAIN, BELOW, ANSWERED, UNKNOWN] = [1, 2, 4, 8]; // when a rule asks: domain/reading/rules.c
const [MISTAKE, USE] = [true, false]; // what it asks about
const RULES = [
  ["exchanged", MISTAKE, PLAIN | BELOW | UNKNOWN, askExchanged],
  ["duplicate", MISTAKE, PLAIN | BELOW | UNKNOWN, askDuplicate],
  ["same_as_older", MISTAKE, BELOW, askSameAsOlder],
  ["other_meter", MISTAKE, PLAIN | BELOW, askOtherMeter],
  ["same_as_estimate", MISTAKE, PLAIN | BELOW, askSameAsEstimate],
  ["slip_up", MISTAKE, PLAIN, askSlipUp],
  ["slip_down", MISTAKE, PLAIN | BELOW, askSlipDown],
  ["transposed", MISTAKE, PLAIN | BELOW, askTransposed],
  ["rollover_unlikely", MISTAKE, ANSWERED, askRolloverUnlikely],
  ["use_after_zero", USE, PLAIN | ANSWERED, askUseAfterZero],
  ["high", USE, PLAIN | ANSWERED, askHigh],
  ["high_first", USE, PLAIN | ANSWERED, askHighFirst],
  ["season_high", USE, PLAIN | ANSWERED, askSeasonHigh],
  ["zero_after_use", USE, PLAIN, askZeroAfterUse],
  ["same", USE, PLAIN, askSame],
  ["low", USE, PLAIN | ANSWERED, askLow],
  ["season_low", USE, PLAIN | ANSWERED, askSeasonLow],
];

function finding(code, { other, ...args } = {}) {
  for (const name of Object.keys(args)) if (args[name] === undefined) delete args[name];
  return { code, args, ...(other && { other: other.input.id }) };
}

function momentOf(c) {
  if (c.below) return BELOW;
  if (!c.hasUse) return c.answered ? 0 : UNKNOWN;
  return c.answered ? ANSWERED : PLAIN;
}

function question(c, others) {
  const moment = momentOf(c);
  for (const [code, mistake, moments, asks] of RULES) {
    if (!(moments & moment)) continue;
    const args = asks(c, others);
    if (args) return { found: finding(code, args), mistake };
  }
  return null;
}

// ---- leak hint: domain/reading/leak.c

function rose(c, rates, steps) {
  const earlier = rates.slice(steps).map(([rate]) => rate);
  if (earlier.length < c.policy["leak-history"]) return null;
  const before = median(earlier);
  const now = Math.min(...rates.slice(0, steps).map(([rate]) => rate));
  const raised = now > part(before, c.policy["leak-percent"]) && now - before >= c.policy["leak-per-day"] * 1000;
  return raised ? { now, before, steps } : null;
}

function leakOf(c) {
  const days = c.policy["leak-step-days"];
  if (c.days < days || c.days > DAYS_MAX) return undefined;
  if (c.hasSeason && c.use <= part(c.season, c.policy["leak-percent"])) return undefined;
  const rates = [[rateOf(c.use, c.days), c.base.since]];
  for (const step of c.history.steps.slice().reverse())
    if (step.end <= c.base.since && stepCounts(step, days) && c.base.last.on - step.end <= c.policy["usual-days"])
      rates.push([rateOf(step.use, step.end - step.start), step.start]);
  const found = (c.hasSeason && rose(c, rates, 3)) || rose(c, rates, 2);
  if (!found) return undefined;
  const { now, before, steps } = found;
  const args = { now: div(now, 1000), before: div(before, 1000), extra: div(now - before, 1000), steps };
  args.since = isoOf(rates[steps - 1][1]);
  if (c.hasSeason) args.season = div(rateOf(c.season, c.days), 1000);
  return { certainty: steps === 3 ? "medium" : "low", args };
}

// ---- the verdict

function impossible(c) {
  const { digits, decimals, remote } = c.meter;
  const { fault, count } = c;
  if (remote) return finding("reading_remote");
  if (c.input.closed) return finding("reading_closed");
  if (fault === "empty") return finding("reading_empty");
  if (fault === "not_a_number") return finding("reading_not_number");
  if (fault === "negative") return finding("reading_negative");
  if (fault === "too_many_digits") return finding("reading_digits", { digits, count });
  if (fault === "too_many_decimals") return decimals < 1 ? finding("reading_whole") : finding("reading_decimals", { decimals, count });
  const { on, today } = c.input;
  if (c.on > dayOf(today)) return finding("reading_future", { on, today });
  const { last } = c.history;
  return last && c.on < last.on ? finding("reading_not_newer", { on, last_on: isoOf(last.on) }) : null;
}

// The case without the last reading; null if no consumption can be computed then.
function withoutLast(c) {
  const without = { ...c };
  setHistory(without, c.entries.slice(0, c.base.last.index));
  const before = without.base.last;
  if (isSwap(c.base.last) || !before || before.device !== c.base.last.device || c.value < before.litres) return null;
  setUse(without, without.base.use + c.value - before.litres, c.on - without.base.since);
  return without;
}

function rolloverUse(c) {
  const use = counterUse(lastMeter(c), c.base.last.litres, c.value);
  return use < 0 ? -1 : c.base.use + use;
}

function choicesOf(c) {
  const choice = (code, of, args = {}) => ({ code, args, ...(args.use > unlikelyLimit(of) && { unlikely: true }) });
  const days = c.on - c.base.since;
  const without = withoutLast(c);
  const { base } = without || {};
  const args = without && { use: without.use, days: c.on - base.since, from: base.last.litres, since: isoOf(base.since) };
  const wrong = choice("last_wrong", without || c, args || {});
  const choices = [choice("mistyped", c), wrong, choice("swapped", c, { use: c.value, days })];
  const use = rolloverUse(c);
  if (use >= 0) choices.push(choice("rollover", c, { use, days, top: turnOf(lastMeter(c)) - unitOf(c.meter) }));
  return choices;
}

// Applies a reported swap; returns a finding if that is impossible.
function settleSwap(c, flags) {
  const { on, end, start } = c.answer;
  const { digits, decimals } = c.meter;
  const { last } = c.base;
  const parse = (text) => parseVolume(text || "0", digits, decimals);
  if (on && (dayOf(on) < last.on || dayOf(on) > c.on)) return finding("swap_date", { on, last_on: isoOf(last.on) });
  if (parse(end).verdict !== "ok") return finding("swap_end", { digits, decimals });
  const ended = parse(end).litres;
  const rolled = end && isRollover(c.meter, last, { litres: ended });
  if (end && ended < last.litres && !rolled) return finding("swap_end_below", { value: ended, last: last.litres });
  if (parse(start).verdict !== "ok") return finding("swap_start", { digits, decimals });
  const started = parse(start).litres;
  if (started > c.value) return finding("swap_start_above", { value: c.value, start: started });
  flags.add("swap_reported");
  if (rolled) flags.add("rolled_over");
  if (!end) {
    c.partial = true;
    flags.add("swap_incomplete");
    if (on) c.base.since = dayOf(on);
  }
  setUse(c, (end ? c.base.use + counterUse(lastMeter(c), last.litres, ended) : 0) + c.value - started, c.on - c.base.since);
  return null;
}

function settleLastWrong(c, flags) {
  const without = withoutLast(c);
  flags.add("last_wrong");
  if (!without) flags.add("use_unknown");
  Object.assign(c, without || { hasUse: false });
  return null;
}

function settle(c, flags) {
  const { what } = c.answer;
  const { last } = c.base;
  if (!last || !what || (!c.below && what !== "swapped") || (what === "rollover" && rolloverUse(c) < 0)) return null;
  if (what === "mistyped") return finding("reading_mistyped", { value: c.value, last: last.litres });
  c.below = false;
  c.answered = true;
  if (what === "swapped") return settleSwap(c, flags);
  if (what === "last_wrong") return settleLastWrong(c, flags);
  flags.add("rolled_over");
  setUse(c, rolloverUse(c), c.on - c.base.since);
  return null;
}

function flagsOf(c, flags) {
  const { last } = c.history;
  const since = c.entries.slice(last ? last.index + 1 : 0);
  const estimate = since.filter((e) => e.kind === "estimated").pop();
  const set = {
    first_reading: !last, after_estimate: estimate, over_estimate: estimate && c.value < estimate.litres,
    after_missing: since.some((e) => e.kind === "missing"), across_swap: c.base.swap, swap_incomplete: c.base.incomplete,
    rolled_over: c.base.rolled, zero_again: c.hasUse && c.use === 0 && zeroBefore(c),
    last_wrong: false, swap_reported: false, use_unknown: last && !c.hasUse && !c.below,
  };
  return Object.keys(set).filter((name) => set[name] || flags.has(name));
}

const isConfirmed = ({ confirmed = [] }, code, value) => confirmed.some((one) => one.code === code && one.value === value);

// Members without a value are omitted, as in the vector files.
export function checkReading(input) {
  const c = makeCase(input);
  const flags = new Set();
  const refusal = impossible(c);
  const result = { verdict: "refuse" };
  if (c.hasValue && !(refusal && /remote|closed/.test(refusal.code))) result.litres = c.value;
  const fault = refusal || settle(c, flags);
  if (fault) return { ...result, findings: [fault] };

  const others = (input.others || []).map(makeCase);
  const asked = question(c, others);
  const flagged = flagsOf(c, flags);
  if (flagged.length) result.flags = flagged;
  if (c.below) {
    const { last, last_on } = lastOf(c);
    result.findings = [finding("reading_below", { value: c.value, last, last_on })].concat(asked ? asked.found : []);
    return { ...result, verdict: "choose", choices: choicesOf(c) };
  }
  const confirmed = asked && isConfirmed(input, asked.found.code, c.value);
  result.verdict = asked && !confirmed ? "ask" : "accept";
  if (asked) result.findings = [{ ...asked.found, ...(confirmed && { confirmed }) }];
  if (c.hasUse) {
    Object.assign(result, { use: c.use, days: c.on - c.base.since, since: isoOf(c.base.since) });
    const leak = c.partial || (asked && asked.mistake && !confirmed) ? undefined : leakOf(c);
    if (leak) result.leak = leak;
  }
  return result;
}
