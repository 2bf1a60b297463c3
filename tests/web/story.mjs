// The demo story, found in the browser on each screen of a running server.
// Environment: BASE_URL, USER, PASSWORD; the story's own values may be overridden (see STORY).
import { assert, assertHas, launch, openScreen, rowWith, signIn, Tally, until, Watch } from "./browser.mjs";
import { checkLooks } from "./looks.mjs";
import { checkStates } from "./states.mjs";

const env = process.env;
const base = (env.BASE_URL ?? "http://127.0.0.1:8042").replace(/\/+$/, "");
const user = env.USER ?? "admin";
const password = env.PASSWORD ?? "";

const STORY = {
    accession: env.ACCESSION ?? "ACC-DEMO-1",
    patientId: env.PATIENT_ID ?? "PAT-DEMO-1",
    patientName: (env.PATIENT_NAME ?? "Adler^Ada").split("^").slice(0, 2).join(", "),
    modality: env.MODALITY ?? "CT",
    orderTrigger: env.ORDER_TRIGGER ?? "ORM^O01",
    reportTrigger: env.REPORT_TRIGGER ?? "ORU^R01",
    auditKinds: (env.AUDIT_KINDS ?? "ORDER_CREATE,INSTANCE_STORE,REPORT_CREATE").split(","),
};
// Known only to whoever played the story; checked when given.
const STUDY_UID = env.STUDY_UID ?? "";

const tally = new Tally();
const watch = new Watch(base);
watch.expect(/401.*\/admin\/api\/session$/);
watch.expect(/400.*\/admin\/api\/hl7\/destinations\/PACS-WEB$/); // a port that is none

async function checkDoor(page) {
    await tally.check("page: served with a strict content security policy", page, async () => {
        const response = await page.goto(`${base}/ui/`);
        const policy = (await response.headerValue("content-security-policy")) ?? "";
        assertHas(policy, "default-src 'self'", "the policy");
        assert(!policy.includes("unsafe-"), `the policy allows unsafe sources: ${policy}`);
    });
    await tally.check("sign in: asked for before anything is shown", page, async () => {
        await page.getByRole("heading", { name: "Sign in to Isocentre" }).waitFor();
        assert((await page.locator(".head").count()) === 0, "the header is shown to nobody in particular");
    });
    await tally.check("sign in: a wrong password is refused in words", page, async () => {
        await signIn(page, base, user, `${password}-wrong`);
        await page.getByRole("alert").filter({ hasText: "User name or password is wrong." }).waitFor();
        const kept = page.getByLabel("Password", { exact: true });
        await until("the wrong password is gone", async () => (await kept.inputValue()) === "");
    });
    await tally.check("sign in: the right password opens the worklist", page, async () => {
        await signIn(page, base, user, password);
        await page.getByRole("heading", { level: 1, name: "Worklist" }).waitFor();
    });
}

async function checkHeader(page) {
    await tally.check("header: site, version and counts", page, async () => {
        const head = page.locator(".head");
        await head.getByText("Instances").waitFor();
        assert(((await head.locator(".brand-name").textContent()) ?? "") !== "", "no site name");
        assert(/\d/.test((await head.locator(".build").textContent()) ?? ""), "no version");
        const counts = await head.locator(".counts").innerText();
        for (const name of ["Orders", "Studies", "Instances", "Reports", "Messages", "Audit events"]) {
            const match = new RegExp(`${name}\\s+([\\d,]+)`).exec(counts);
            assert(match && Number(match[1].replace(/,/g, "")) > 0, `no ${name.toLowerCase()} are counted: ${counts}`);
        }
    });
}

async function checkWorklist(page) {
    await tally.check("worklist: today's step of the story", page, async () => {
        const row = rowWith(page, STORY.accession);
        await row.waitFor();
        const text = await row.innerText();
        for (const part of [STORY.patientName, STORY.patientId, STORY.modality]) assertHas(text, part, "the step");
        assert((await row.locator(".mark").count()) > 0, "the step has no status");
    });
    await tally.check("worklist: another day is empty and says so", page, async () => {
        await page.getByLabel("Date", { exact: true }).fill("1999-01-04");
        await page.getByText("Nothing is scheduled on this day").waitFor();
        await page.getByText("Monday, 4 January 1999").waitFor();
        await page.getByRole("button", { name: "Today" }).click();
        await rowWith(page, STORY.accession).waitFor();
    });
    await tally.check("worklist: the step leads to its images", page, async () => {
        await rowWith(page, STORY.accession).getByRole("button", { name: "Images" }).click();
        await page.getByRole("heading", { level: 1, name: "Studies" }).waitFor();
        await page.locator(".detail").getByRole("table", { name: "Series of the study" }).waitFor();
        assertHas(await page.locator(".detail").innerText(), STORY.accession, "the study's detail");
    });
}

async function checkStudies(page) {
    await openScreen(page, "Studies");
    await tally.check("studies: the study is linked to its order", page, async () => {
        const row = rowWith(page, STORY.accession);
        await row.waitFor();
        const text = await row.innerText();
        for (const part of [STORY.patientName, STORY.patientId, STORY.modality, "Linked"])
            assertHas(text, part, "the study");
    });
    await tally.check("studies: the document lists its series", page, async () => {
        await rowWith(page, STORY.accession).click();
        const detail = page.locator(".detail");
        await detail.getByRole("table", { name: "Series of the study" }).locator("tbody tr").first().waitFor();
        const text = await detail.innerText();
        for (const part of [STORY.modality, STUDY_UID, "ServiceRequest/"]) assertHas(text, part, "the study's detail");
    });
    await tally.check("studies: Escape closes, Enter on a row opens", page, async () => {
        await page.keyboard.press("Escape");
        await page.locator(".detail").waitFor({ state: "detached" });
        await rowWith(page, STORY.accession).getByRole("link").focus();
        await page.keyboard.press("Enter");
        await page.locator(".detail h2:focus").waitFor();
    });
    await tally.check("studies: the find box narrows the rows", page, async () => {
        const find = page.getByRole("searchbox", { name: "Find in studies" });
        await find.fill("no such words");
        await page.getByText("No study matches").waitFor();
        await find.fill(STORY.accession.toLowerCase());
        await rowWith(page, STORY.accession).waitFor();
    });
}

async function checkReports(page) {
    await openScreen(page, "Reports");
    await tally.check("reports: the report is linked to its study", page, async () => {
        const row = rowWith(page, STORY.accession);
        await row.waitFor();
        const text = await row.innerText();
        for (const part of [STORY.patientName, STORY.patientId, "Linked"]) assertHas(text, part, "the report");
    });
    await tally.check("reports: its text can be read", page, async () => {
        await rowWith(page, STORY.accession).click();
        const detail = page.locator(".detail");
        const content = detail.locator(".prose, .form .links").filter({ hasText: /\S{3}/ });
        await content.first().waitFor();
        assertHas(await detail.innerText(), STUDY_UID, "the report's detail");
    });
}

async function checkMessage(page, trigger) {
    await openScreen(page, "HL7 messages");
    await tally.check(`messages: ${trigger} with its raw text and acknowledgement`, page, async () => {
        const row = rowWith(page, trigger, STORY.accession, "accepted");
        await row.waitFor();
        const controlId = (await row.locator("td").nth(3).innerText()).trim();
        assert(controlId !== "", "no control id");
        await row.click();
        const raw = page.locator(".detail pre").nth(0);
        await raw.waitFor();
        const lines = (await raw.innerText()).split("\n");
        const pid = lines.find((line) => line.startsWith("PID|"));
        assert(lines[0].startsWith("MSH|^~\\&|"), `the first line is not the header: ${lines[0].slice(0, 60)}`);
        assertHas(lines[0], `|${controlId}|`, "the header segment");
        assertHas(pid ?? "", STORY.patientId, "the PID segment");
        assertHas(await page.locator(".detail pre").nth(1).innerText(), `MSA|AA|${controlId}`, "the acknowledgement");
        assert((await raw.locator("[title='PID-3']").count()) === 1, "fields are not named");
    });
}

async function checkMessageStore(page) {
    const form = page.getByRole("search");
    await tally.check("messages: what an order wrote, and from which of its places", page, async () => {
        const detail = page.locator(".detail");
        await openScreen(page, "HL7 messages");
        await form.getByLabel("Accession").fill(STORY.accession);
        await form.getByLabel("Trigger").fill(STORY.orderTrigger);
        await form.getByRole("button", { name: "Apply" }).click();
        await page.locator(".split-list tbody tr").first().click();
        await detail.getByText("What it wrote").waitFor();
        assertHas(await detail.innerText(), "ServiceRequest/", "what it wrote");
        await detail.locator("summary", { hasText: "Where each value came from" }).click();
        await detail.getByRole("cell", { name: "PATIENT_NAME", exact: true }).waitFor();
        await detail.locator("summary", { hasText: "Segments and fields" }).click();
        await detail.getByRole("rowheader", { name: "PID-5 Name", exact: true }).waitFor();
    });
    await tally.check("messages: the same order tried again without effect", page, async () => {
        const raw = await page.locator(".detail pre").nth(0).innerText();
        const count = () =>
            page.evaluate(async () => (await (await fetch("/admin/api/status")).json()).counts.messages);
        const before = await count();
        await openScreen(page, "Try a message");
        await page.getByLabel("HL7 message").fill(raw.replace(/\n+/g, "\n").replace(/\|P\|2\./, "-TRY|P|2."));
        await page.getByRole("button", { name: "Try", exact: true }).click();
        await page.getByText("Worklist step 1").waitFor();
        assertHas(await page.locator(".trial").innerText(), "AA accepted", "the trial");
        assert((await count()) === before, "the trial was kept as a message");
    });
    await tally.check("messages: nothing is found by what no message says", page, async () => {
        await openScreen(page, "HL7 messages");
        await form.getByLabel("Words").fill("nowheretobefound");
        await form.getByRole("button", { name: "Apply" }).click();
        await page.getByText("No message matches these filters").waitFor();
        await form.getByRole("button", { name: "Clear" }).click();
        await page.locator(".split-list tbody tr").first().waitFor();
    });
}

async function checkDestinations(page) {
    await openScreen(page, "Destinations");
    const detail = page.locator(".detail");
    await tally.check("destinations: a new one is made, paused and told why it is refused", page, async () => {
        await page.getByRole("button", { name: "New destination" }).click();
        await detail.getByLabel("Name", { exact: true }).fill("PACS-WEB");
        const form = detail.getByRole("form", { name: "Settings" });
        await form.getByLabel("host").fill("127.0.0.1");
        await form.getByLabel("port").fill("99999");
        await form.getByRole("button", { name: "Save" }).click();
        await detail.getByRole("alert").filter({ hasText: "port is a number" }).waitFor();
        await form.getByLabel("port").fill("9");
        await form.getByRole("button", { name: "Save" }).click();
        await rowWith(page, "PACS-WEB", "127.0.0.1:9").waitFor();
        await detail.getByRole("button", { name: "Pause" }).click();
        await rowWith(page, "PACS-WEB", "Paused").waitFor();
    });
    await tally.check("destinations: a setting is changed", page, async () => {
        const form = detail.getByRole("form", { name: "Settings" });
        await form.getByLabel("application", { exact: true }).fill("PACS");
        await form.getByRole("button", { name: "Save" }).click();
        await form.getByRole("button", { name: "Undo" }).waitFor({ state: "detached" });
        await page.reload();
        const kept = page.locator(".detail").getByLabel("application", { exact: true });
        await until("the setting is kept", async () => (await kept.inputValue()) === "PACS");
    });
}

async function checkAudit(page) {
    await openScreen(page, "Audit");
    const form = page.getByRole("search");
    for (const kind of STORY.auditKinds) {
        await tally.check(`audit: ${kind} of the patient`, page, async () => {
            await form.getByLabel("Patient ID").fill(STORY.patientId);
            await form.getByLabel("What").fill(kind);
            await form.getByRole("button", { name: "Apply" }).click();
            await rowWith(page, kind, STORY.patientId).waitFor();
            const kinds = await page.locator(".split-list tbody tr td:nth-child(2) .mono").allInnerTexts();
            assert(
                kinds.every((one) => one === kind),
                `other events pass the filter: ${[...new Set(kinds)].join(", ")}`,
            );
        });
    }
    await tally.check("audit: an event opens", page, async () => {
        await page.locator(".split-list tbody tr").first().click();
        await page.locator(".detail").getByText("Patient ID").waitFor();
    });
    await tally.check("audit: what an event is about is said once", page, async () => {
        const objects = await page.locator(".split-list tbody tr td:nth-child(7)").allInnerTexts();
        assert(
            objects.every((one) => one.split("/").length <= 2),
            `types are repeated: ${objects.filter((one) => one.split("/").length > 2).join(", ")}`,
        );
    });
    await tally.check("audit: a failed sign-in shows the name that was tried", page, async () => {
        await openScreen(page, "Audit");
        await form.getByLabel("Patient ID").fill("");
        await form.getByLabel("What").fill("REFUSED");
        await form.getByRole("button", { name: "Apply" }).click();
        await rowWith(page, "REFUSED", user).waitFor();
        await form.getByLabel("What").fill("LOGIN");
        await form.getByRole("button", { name: "Apply" }).click();
        await rowWith(page, "LOGIN", "failure").waitFor();
        assert((await rowWith(page, "nobody").count()) === 0, "a failed sign-in is said to be nobody's");
    });
    await tally.check("audit: a day long ago has no events", page, async () => {
        await openScreen(page, "Audit");
        await form.getByLabel("To").fill("1999-12-31");
        await form.getByRole("button", { name: "Apply" }).click();
        await page.getByText("No event matches these filters").waitFor();
        await form.getByRole("button", { name: "Clear" }).click();
        await page.locator(".split-list tbody tr").first().waitFor();
    });
    await tally.check("audit: the chain is verified", page, async () => {
        await page.getByRole("button", { name: "Verify chain" }).click();
        await page.getByText("The chain is intact").waitFor({ timeout: 60_000 });
    });
}

async function checkLeaving(page) {
    await tally.check("sign out: ends the session on the server", page, async () => {
        await page.getByRole("button", { name: "Sign out" }).click();
        await page.getByText("You are signed out.").waitFor();
        assert((await page.locator(".head").count()) === 0, "the header is still there");
        const status = () => page.evaluate(async () => (await fetch("/admin/api/session")).status);
        let answer = await status();
        for (let i = 0; i < 20 && answer !== 401; i += 1) {
            await page.waitForTimeout(100);
            answer = await status();
        }
        assert(answer === 401, `the server still answers ${answer} to the session`);
    });
}

async function checkSilence() {
    await tally.check("browser: no violation of the content security policy", null, async () => {
        assert(watch.violations.length === 0, watch.violations.join("\n"));
    });
    await tally.check("browser: no error on the console", null, async () => {
        assert(watch.errors.length === 0, watch.errors.join("\n"));
    });
    await tally.check("browser: no request to another host", null, async () => {
        assert(watch.foreign.length === 0, watch.foreign.join("\n"));
    });
}

const browser = await launch();
try {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ignoreHTTPSErrors: true });
    context.setDefaultTimeout(10_000);
    const page = await context.newPage();
    await watch.attach(page);
    await checkDoor(page);
    await checkHeader(page);
    await checkWorklist(page);
    await checkStudies(page);
    await checkReports(page);
    await checkMessage(page, STORY.orderTrigger);
    await checkMessage(page, STORY.reportTrigger);
    await checkMessageStore(page);
    await checkDestinations(page);
    await checkAudit(page);
    await checkLooks(page, tally, watch);
    await checkLeaving(page);
    await context.close();
    await checkStates(browser, base, tally, watch);
    await checkSilence();
} catch (error) {
    tally.failed += 1;
    console.log(`FAIL  the story stopped\n      ${error.message}`);
} finally {
    await browser.close();
}
console.log(`web: ${tally.passed} passed, ${tally.failed} failed`);
process.exitCode = tally.failed === 0 ? 0 : 1;
