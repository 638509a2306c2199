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
    await page.close();
  }
  await context.close();
}
await browser.close();
console.log(faults === 0 ? "no faults" : `${faults} faults`);
process.exit(faults === 0 ? 0 : 1);
