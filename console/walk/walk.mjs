// Walks through the console in the Chromium of this machine and looks at every page: pictures of it in light, dark and at a
// phone's width, errors of the browser's console, requests to anybody else, and what axe-core finds.
//   node walk.mjs ADDRESS RUN FOLDER [PATH...]
import { chromium } from "playwright-core";
import { createRequire } from "node:module";
import { mkdirSync, readFileSync } from "node:fs";

const [address, run, folder, ...chosen] = process.argv.slice(2);
if (!folder) {
  console.error("usage: node walk.mjs ADDRESS RUN FOLDER [PATH...], for example: node walk.mjs http://127.0.0.1:8080 coral-1a2b3c4d pictures");
  process.exit(2);
}
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const pages = chosen.length > 0 ? chosen : ["/runs", "/new", `/runs/${run}`, `/runs/${run}/pictures`, `/runs/${run}/plan`, `/runs/${run}/proof`, `/runs/${run}/lora`, "/system", `/compare?run=${run}`];
const looks = [
  { name: "light", viewport: { width: 1280, height: 900 }, colorScheme: "light", locale: "en-US" },
  { name: "dark", viewport: { width: 1280, height: 900 }, colorScheme: "dark", locale: "en-US" },
  { name: "phone", viewport: { width: 390, height: 844 }, colorScheme: "light", locale: "zh-CN", hasTouch: true, isMobile: true },
];
mkdirSync(folder, { recursive: true });
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM || "/usr/bin/chromium", args: ["--no-sandbox"] });
// Everything that can be used with a mouse is reached by the Tab key, and shows that it has the focus.
async function tabThrough(page, path) {
  const usable = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']";
  const wanted = await page.evaluate((selector) => {
    const all = [...document.querySelectorAll(selector)].filter((e) => e.checkVisibility() && !e.disabled && e.tabIndex >= 0);
    all.forEach((e, i) => e.setAttribute("data-walk", i));
    document.activeElement.blur();
    window.scrollTo(0, 0);
    return all.length;
  }, usable);
  const reached = new Set();
  for (let i = 0; i < wanted + 10; i++) {
    await page.keyboard.press("Tab");
    const at = await page.evaluate(() => {
      const e = document.activeElement;
      const style = getComputedStyle(e);
      return { at: e.getAttribute("data-walk"), seen: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0, tag: e.outerHTML.slice(0, 60) };
    });
    if (at.at !== null) {
      reached.add(at.at);
      if (!at.seen) fault(`${path}: the focus does not show on ${at.tag}`);
    }
  }
  if (reached.size < wanted) {
    const missed = await page.evaluate((done) => [...document.querySelectorAll("[data-walk]")].filter((e) => !done.includes(e.getAttribute("data-walk"))).map((e) => e.outerHTML.slice(0, 80)), [...reached]);
    fault(`${path}: the Tab key reaches ${reached.size} of ${wanted}: not ${missed.slice(0, 3).join(" | ")}`);
  }
}
let faults = 0;
const fault = (text) => { faults++; console.log("! " + text); };
for (const { name, ...options } of looks) {
  const context = await browser.newContext({ ...options, bypassCSP: true });
  for (const path of pages) {
    const page = await context.newPage();
    page.on("console", (message) => message.type() === "error" && fault(`${name} ${path}: ${message.text()}`));
    page.on("pageerror", (error) => fault(`${name} ${path}: ${error.message}`));
    page.on("request", (request) => { if (!request.url().startsWith(address) && !/^(data|blob):/.test(request.url())) fault(`${name} ${path} asks ${request.url()}`); });
    const begin = Date.now();
    await page.goto(address + path, { waitUntil: "domcontentloaded" });
    const shown = Date.now() - begin;
    await page.waitForTimeout(1500);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    if (wide > 0) fault(`${name} ${path} is ${wide} pixels too wide`);
    await page.evaluate(axe);
    const found = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
    found.violations.forEach((violation) => fault(`${name} ${path}: ${violation.id} (${violation.impact}) ${violation.nodes.map((node) => node.target.join(" ")).slice(0, 4).join(", ")}`));
    const file = `${folder}/${name}-${path.replace(/[^a-z0-9]+/gi, "-").replace(/^-|-$/g, "")}.png`;
    await page.screenshot({ path: file, fullPage: true });
    console.log(`${name} ${path}: ${shown} ms, ${file}`);
    if (name === "light") await tabThrough(page, path);
    await page.close();
  }
  await context.close();
}
await browser.close();
console.log(faults === 0 ? "no faults" : `${faults} faults`);
process.exit(faults === 0 ? 0 : 1);
