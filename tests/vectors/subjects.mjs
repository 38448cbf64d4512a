// SPDX-License-Identifier: Apache-2.0
// The subjects that exist in the browser too: name → function (input) → answer, the same shapes as in subject_*.c.
import { readFile } from "node:fs/promises";

// Browsers load it in a module; Node would take a .js file that stands in no package for CommonJS.
async function load(name) {
  const source = await readFile(new URL(`../../htdocs/js/${name}`, import.meta.url), "utf8");
  return import(`data:text/javascript;charset=utf-8,${encodeURIComponent(source)}`);
}

const { checkReading, clean, parseVolume } = await load("reading-rules.js");

export const subjects = {
  volume: ({ text, digits, decimals }) => parseVolume(text, digits, decimals), // {verdict, litres}
  clean_volume: ({ text }) => ({ text: clean(text) }),
  readings: checkReading,
};
