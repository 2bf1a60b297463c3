// What an eye would notice at once, on every screen, at several widths and in both colour schemes.
import { assert, openScreen } from "./browser.mjs";

export const SCREENS = ["Worklist", "Studies", "Reports", "HL7 messages", "Destinations", "Try a message", "Audit"];

const HEIGHT = 900;

async function assertFits(page, what) {
    const out = await page.evaluate(() => {
        const boxes = [document.documentElement, ...document.querySelectorAll(".head-top, .detail-body")];
        return Math.max(...boxes.map((box) => box.scrollWidth - box.clientWidth));
    });
    assert(out <= 0, `${what} is ${out} pixels too wide`);
}

// From 1024 pixels up the user and the way out stand in the header's first line, at its right end.
export async function assertHeader(page, width) {
    const brand = await page.locator(".brand").boundingBox();
    const out = await page.getByRole("button", { name: "Sign out" }).boundingBox();
    const apart = Math.abs(brand.y + brand.height / 2 - out.y - out.height / 2);
    assert(apart < 8, `at ${width} pixels "Sign out" stands ${apart} pixels below the first line`);
    const free = width - out.x - out.width;
    assert(free >= 0 && free < 40, `at ${width} pixels "Sign out" ends ${free} pixels before the right end`);
}

async function lookAt(page, name, width) {
    await openScreen(page, name);
    const tab = page.getByRole("navigation", { name: "Screens" }).getByRole("link", { name, exact: true });
    const box = await tab.boundingBox();
    assert(box.x >= 0 && box.x + box.width <= width, `the tab ${name} is out of sight at ${width} pixels`);
    await assertFits(page, `${name} at ${width} pixels`);
    const row = page.locator(".split-list tbody tr").first();
    if (name === "Worklist" || name === "Try a message") return;
    await row.getByRole("link").click();
    await page.locator(".detail .facts").waitFor();
    await assertFits(page, `a detail of ${name} at ${width} pixels`);
    await page.keyboard.press("Escape");
    await page.locator(".detail").waitFor({ state: "detached" });
}

async function pickScheme(page, scheme) {
    const other = page.getByRole("button", { name: scheme, exact: true });
    if ((await other.count()) > 0) await other.click();
    await page.locator(`html[data-mantine-color-scheme="${scheme.toLowerCase()}"]`).waitFor({ state: "attached" });
}

export async function checkLooks(page, tally, watch) {
    const before = page.viewportSize();
    for (const scheme of ["Dark", "Light"]) {
        for (const width of [1440, 1280, 1024, 400]) {
            await tally.check(`looks: ${scheme.toLowerCase()}, ${width} wide, nothing sticks out`, page, async () => {
                const told = watch.errors.length + watch.violations.length;
                await page.setViewportSize({ width, height: HEIGHT });
                await pickScheme(page, scheme);
                if (width >= 1024) await assertHeader(page, width);
                for (const name of SCREENS) await lookAt(page, name, width);
                const now = [...watch.errors, ...watch.violations];
                assert(now.length === told, `the console tells: ${now.slice(-2).join("\n")}`);
            });
        }
    }
    await page.setViewportSize(before);
}
