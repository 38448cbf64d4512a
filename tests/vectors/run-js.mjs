// SPDX-License-Identifier: Apache-2.0
// Runs vector files through the browser's JavaScript: vectors.c in the other language, same output (docs/vectors.md).
import { readFileSync } from "node:fs";
import { isDeepStrictEqual } from "node:util";

import { subjects } from "./subjects.mjs";

const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

// Of an object only the members that are expected count, null stands for absent, arrays must agree in full.
function agrees(expected, got) {
  if (expected === null) return got === null || got === undefined;
  if (isObject(expected)) return isObject(got) && Object.keys(expected).every((key) => agrees(expected[key], got[key]));
  if (Array.isArray(expected))
    return Array.isArray(got) && got.length === expected.length && expected.every((one, i) => agrees(one, got[i]));
  return isDeepStrictEqual(expected, got);
}

function faultOf({ subject, cases }) {
  if (!(subject in subjects)) return "no such subject in the browser";
  if (!Array.isArray(cases) || cases.length === 0) return "no cases";
  if (new Set(cases.map((one) => one.name)).size < cases.length) return "two cases have the same name";
  const complete = (one) => one.name && one.rule && isObject(one.input) && Object.keys(one.expect ?? {}).length > 0;
  return cases.every(complete) ? null : "a case lacks name, rule, input or expect";
}

function verdictOf(file, { name, input, expect }, answer) {
  try {
    const got = answer(input);
    return agrees(expect, got) ? { file, name, ok: true } : { file, name, ok: false, expected: expect, got };
  } catch (error) {
    return { file, name, ok: false, error: String(error) };
  }
}

function verdictsOf(file) {
  try {
    const root = JSON.parse(readFileSync(file, "utf8"));
    const error = faultOf(root);
    if (error) return [{ file, ok: false, error }];
    return root.cases.map((one) => verdictOf(file, one, subjects[root.subject]));
  } catch (error) {
    return [{ file, ok: false, error: String(error) }];
  }
}

const verdicts = process.argv.slice(2).flatMap(verdictsOf);
for (const verdict of verdicts) console.log(JSON.stringify(verdict));

const cases = verdicts.filter((verdict) => "name" in verdict);
const passed = cases.filter((verdict) => verdict.ok).length;
console.error(`${passed} passed, ${cases.length - passed} failed`);
process.exitCode = verdicts.length === 0 || cases.length < verdicts.length ? 2 : passed < cases.length ? 1 : 0;
