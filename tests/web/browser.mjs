// The browser the tests drive, the checks they make in it, and what it must never report.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { chromium } from "playwright-core";

const ARGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
];

// Playwright makes a new user data directory for each launch and removes it afterwards.
export function launch() {
    const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";
    return chromium.launch({ executablePath, headless: true, args: ARGS });
}

// Collects what went wrong behind a page: policy violations, script errors, requests to foreign hosts.
export class Watch {
    constructor(base) {
        this.origin = new URL(base).origin;
        this.violations = [];
        this.errors = [];
        this.foreign = [];
        // The browser itself logs a line for each answer of 400 and over; those a test asked for are not errors.
        this.expected = [];
    }

    expect(pattern) {
        this.expected.push(pattern);
    }

    async attach(page) {
        await page.exposeFunction("reportViolation", (text) => this.violations.push(text));
        await page.addInitScript(() => {
            document.addEventListener("securitypolicyviolation", (event) => {
                window.reportViolation(
                    `${event.violatedDirective}: ${event.blockedURI || "inline"} ${event.sourceFile ?? ""}`,
                );
            });
        });
        page.on("pageerror", (error) => this.errors.push(error.message));
        page.on("console", (message) => {
            if (message.type() !== "error") return;
            const text = `${message.text()} ${message.location().url}`;
            if (!this.expected.some((pattern) => pattern.test(text))) this.errors.push(text);
        });
        page.on("request", (request) => {
            const url = request.url();
            if (/^(https?|wss?):/.test(url) && new URL(url).origin !== this.origin) this.foreign.push(url);
        });
    }
}

export class Tally {
    constructor() {
        this.passed = 0;
        this.failed = 0;
    }

    // Runs one check; a failed one is told and the next ones still run.
    async check(name, page, run) {
        try {
            await run();
            this.passed += 1;
            console.log(`ok    ${name}`);
        } catch (error) {
            this.failed += 1;
            console.log(
                `FAIL  ${name}\n      ${String(error.message ?? error)
                    .split("\n")
                    .slice(0, 4)
                    .join("\n      ")}`,
            );
            await this.shoot(name, page);
        }
    }

    // WEB_SHOTS names a directory for pictures of failures.
    async shoot(name, page) {
        const folder = process.env.WEB_SHOTS;
        if (!folder || !page) return;
        mkdirSync(folder, { recursive: true });
        const file = join(folder, `${name.replace(/[^a-z0-9]+/gi, "-")}.png`);
        await page.screenshot({ path: file }).catch(() => undefined);
    }
}

export function assert(condition, text) {
    if (!condition) throw new Error(text);
}

export function assertHas(text, part, where) {
    assert(
        text.includes(part),
        `${where} does not show "${part}"; it shows: ${text.replace(/\s+/g, " ").slice(0, 300)}`,
    );
}

// The page shows what it is asked for a moment later: waits up to 10 s for the condition.
export async function until(what, condition) {
    for (const end = Date.now() + 10000; Date.now() < end; ) {
        if (await condition()) return;
        await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error(what);
}

export async function signIn(page, base, user, password) {
    await page.goto(`${base}/ui/`);
    await page.getByLabel("User name").fill(user);
    await page.getByLabel("Password", { exact: true }).fill(password);
    await page.getByRole("button", { name: "Sign in" }).click();
}

export async function openScreen(page, name) {
    await page.getByRole("navigation", { name: "Screens" }).getByRole("link", { name, exact: true }).click();
    await page.getByRole("heading", { level: 1, name, exact: true }).waitFor();
}

// The first row of the screen's table that holds every one of the words.
export function rowWith(page, ...words) {
    let rows = page.locator("main table tbody tr");
    for (const word of words) rows = rows.filter({ hasText: word });
    return rows.first();
}
