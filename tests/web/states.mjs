// States that the demo story does not reach: failures, held links, refused messages, an ended session, a broken chain.
// The page is the server's; the answers of its API are given here.
import { assert, assertHas, openScreen, rowWith, until, Watch } from "./browser.mjs";
import { assertHeader, SCREENS } from "./looks.mjs";

const STATUS = {
    name: "Test site",
    version: "0",
    profile: "production",
    time: "2026-03-12T13:42:10+02:00",
    aeTitle: "TEST",
    ports: { http: 1, dicom: 2, hl7: 3 },
    counts: { orders: 1, studies: 1, instances: 1, reports: 1, messages: 1, auditEvents: 1 },
    storage: { freeBytes: 0, readOnly: true },
};

const SESSION = {
    name: "tester",
    display: "Tester",
    roles: [],
    permissions: ["SESSION", "WORKLIST_READ", "IMAGE_READ", "FHIR_READ", "MESSAGE_READ", "MESSAGE_MANAGE", "AUDIT_READ", "ADMIN"],
};

const MESSAGE = {
    id: 7,
    received: "2026-03-12T08:00:01+02:00",
    trigger: "ORM^O01",
    controlId: "C-7",
    sender: "RIS",
    ackCode: "AE",
    outcome: "refused",
    patientId: "P-7",
    accession: "A-7",
    warningCount: 1,
};

const MESSAGE_DETAIL = {
    ...MESSAGE,
    raw: "MSH|^~\\&|RIS||||2026||ORM^O01|C-7|P|2.5.1\rPID|1||P-7||<img src=x onerror=alert(1)>\rORC|NW|1\rORC|ZZ|2\r",
    ack: "MSH|^~\\&|X\rMSA|AE|C-7\rERR||ORC^2^1\r",
    characterSet: "UNICODE UTF-8",
    warnings: ["MSH-18 is missing"],
    error: { code: "CODE_INVALID", text: "order control is not in its table", location: "ORC^2^1" },
};

const SENT = {
    id: "8",
    direction: "out",
    created: "2026-03-12T08:00:02+02:00",
    trigger: "ORM^O01",
    controlId: "C-8",
    destination: "PACS",
    ackCode: "AE",
    outcome: "dead",
    patientId: "P-7",
    accession: "A-7",
    warningCount: 0,
    event: "STEP_NEW",
    source: "message/7",
    attempts: 1,
    error: { code: "AE", text: "AE 207: no room", location: "" },
};

const SENT_DETAIL = { ...SENT, raw: "MSH|^~\\&|ISO|||||2026||ORM^O01|C-8\rPID|1||P-7\r", ack: "MSH|^~\\&|X\rMSA|AE|C-8\r" };

const DESTINATION = {
    name: "PACS",
    paused: false,
    waiting: 12,
    ageSeconds: 7300,
    dead: 3,
    attempts: 4,
    error: "connect: Connection refused",
    lastSent: "2026-03-12T07:00:00+02:00",
    settings: { host: "pacs.example.org", port: "2575", send: "ORDER", style: "auto", tls: "false" },
};

const SETTINGS = [
    { name: "host", kind: "text", usual: "", bounds: "", meaning: "name or address of the receiver" },
    { name: "port", kind: "number", usual: "2575", bounds: "1..65535", meaning: "its TCP port" },
    { name: "send", kind: "list", usual: "ORDER", bounds: "", meaning: "what it is told" },
    { name: "style", kind: "choice", usual: "auto", bounds: "auto|ORM|OMI", meaning: "orders as ORM or OMI" },
    { name: "tls", kind: "switch", usual: "false", bounds: "", meaning: "over TLS" },
];

const STUDY = {
    studyUid: "1.2.3",
    patientName: "Held^Hanna",
    patientId: "P-8",
    accession: "A-8",
    started: "2026-03-12T09:00:00+02:00",
    modalities: ["MR"],
    series: 1,
    instances: 2,
    bytes: 1234567,
    description: "MR knee",
    link: { state: "held", rung: null, order: null },
    imagingStudy: null,
};

const REPORT = {
    report: "DiagnosticReport/r1",
    status: "final",
    title: "MR knee",
    issued: "2026-03-12T10:00:00+02:00",
    patientName: "Held^Hanna",
    patientId: "P-8",
    accession: "A-8",
    link: { state: "waiting", rung: null, evidence: null },
    studyUid: null,
};

const base64 = (text) => Buffer.from(text, "utf8").toString("base64");

const REPORT_DOCUMENT = {
    resourceType: "DiagnosticReport",
    id: "r1",
    status: "final",
    conclusion: "Menisci intact.",
    presentedForm: [
        { contentType: "text/plain", data: base64("Größe ≥ 4 mm"), title: "Text" },
        { contentType: "application/pdf", data: base64("%PDF-1.4\n%%EOF\n"), title: "Paper" },
        { contentType: "text/html", data: base64("<script>alert(1)</script>"), title: "Web page" },
    ],
};

const STEP = {
    stepId: "S-9",
    task: "Task/t9",
    accession: "A-9",
    patientName: "Later^Lena",
    patientId: "P-9",
    birthDate: "1990-01-02",
    sex: "F",
    modality: "CT",
    station: "CT1",
    start: "2026-03-12T15:00:00+02:00",
    status: "SCHEDULED",
    procedure: "CT chest",
    requestedProcedureId: "R-9",
    studyUid: "1.2.9",
    priority: "ROUTINE",
};

// An ordered study: there is a document of it and no image yet.
const ORDERED = { resourceType: "ImagingStudy", id: "s9", status: "registered" };

const bundle = (...resources) => ({
    resourceType: "Bundle",
    entry: resources.map((resource) => ({ resource, search: { mode: "match" } })),
});

const EVENT = {
    id: "31",
    time: "2026-03-12T10:00:00+02:00",
    kind: "RESOURCE_READ",
    action: "R",
    outcome: 0,
    who: "tester",
    door: "http",
    request: "GET /fhir/{type}/{id}",
    objectType: "ImagingStudy",
    objectId: "ImagingStudy/s9",
    patient: "P-9",
    studyUid: "",
    accession: "",
    address: "127.0.0.1",
    detail: "",
    sealed: true,
};

const REFUSED_LOGIN = { ...EVENT, id: "30", kind: "LOGIN", outcome: 4, who: "", objectType: "User", objectId: "" };

const VERDICT = { verdict: 1, text: "broken link at event 5", events: 9, sealed: 9, unsealed: 0, checkpoints: 1 };

const page1 = (item) => ({ items: [item], next: null });

// What the page is answered, by the start of the path; a test changes single entries.
const answers = () => ({
    "/admin/api/session": [200, SESSION],
    "/admin/api/status": [200, STATUS],
    "/admin/api/worklist": [200, { date: "2026-03-12", items: [] }],
    "/admin/api/studies": [200, page1(STUDY)],
    "/admin/api/reports": [200, page1(REPORT)],
    "/admin/api/messages/7": [200, MESSAGE_DETAIL],
    "/admin/api/messages": [200, page1(MESSAGE)],
    "/admin/api/messages/7/resubmit": [200, { message: "8", ackCode: "AA", ack: "MSH|^~\\&|X\rMSA|AA|C-7\r" }],
    "/admin/api/messages/7/dismiss": [403, { error: { code: "FORBIDDEN", text: "this role dismisses nothing" } }],
    "/admin/api/messages/8": [200, SENT_DETAIL],
    "/admin/api/hl7/sent/8/resubmit": [200, { id: "10" }],
    "/admin/api/hl7/destinations": [200, { items: [DESTINATION], settings: SETTINGS }],
    "/admin/api/hl7/destinations/PACS": [200, {}],
    "/admin/api/hl7/destinations/PACS/pause": [200, {}],
    "/admin/api/hl7/sent/replay": [200, { count: "3" }],
    "/admin/api/hl7/replay": [200, { run: "9", messages: 1 }],
    "/admin/api/hl7/replay/9": [200, { run: "9", messages: 1, done: 1, accepted: 0, refused: 1 }],
    "/admin/api/audit/verify": [200, VERDICT],
    "/admin/api/audit": [200, { items: [], next: null }],
    "/fhir/DiagnosticReport/r1": [200, REPORT_DOCUMENT],
});

async function served(browser, base, watch, width) {
    const context = await browser.newContext({ viewport: { width, height: 900 }, ignoreHTTPSErrors: true });
    context.setDefaultTimeout(10_000);
    const page = await context.newPage();
    await watch.attach(page);
    const table = answers();
    await page.route(/\/(admin\/api|fhir)\//, async (route) => {
        const path = new URL(route.request().url()).pathname;
        const [status, body] = table[path] ?? [404, { error: { code: "NOT_FOUND", text: "no such thing" } }];
        await route.fulfill({ status, contentType: "application/json", body: JSON.stringify(body) });
    });
    await page.goto(`${base}/ui/`);
    await page.getByRole("heading", { level: 1, name: "Worklist" }).waitFor();
    return { context, page, table };
}

async function checkContent(page, table, tally) {
    await tally.check("states: a read-only volume is announced", page, async () => {
        await page.getByRole("alert").filter({ hasText: "Storage is read-only" }).waitFor();
    });
    await tally.check("states: a refused message shows where it is wrong", page, async () => {
        await openScreen(page, "HL7 messages");
        await rowWith(page, "C-7").click();
        await page.getByRole("alert").filter({ hasText: "Refused at ORC^2^1" }).waitFor();
        const wrong = page.locator(".hl7 [data-wrong]");
        await until("one place is marked", async () => (await wrong.count()) === 1);
        assertHas(await wrong.innerText(), "ZZ", "the marked field");
        assertHas(await page.locator(".detail").innerText(), "MSH-18 is missing", "the message");
    });
    await tally.check("states: markup in a message is text", page, async () => {
        assertHas(await page.locator(".detail pre").first().innerText(), "<img src=x onerror=alert(1)>", "the message");
        assert((await page.locator(".detail img").count()) === 0, "the message became a picture");
    });
    await tally.check("states: a refused message is edited and given once more", page, async () => {
        const detail = page.locator(".detail");
        await detail.getByRole("button", { name: "Dismiss" }).click();
        await detail.getByRole("alert").filter({ hasText: "this role dismisses nothing" }).waitFor();
        await detail.getByRole("button", { name: "Edit and give once more" }).click();
        const editor = detail.getByLabel("The message, edited");
        const [asked] = await Promise.all([
            page.waitForRequest((one) => one.url().endsWith("/messages/7/resubmit")),
            editor
                .fill((await editor.inputValue()).replace("ORC|ZZ", "ORC|NW"))
                .then(() => detail.getByRole("button", { name: "Give once more", exact: true }).click()),
        ]);
        assertHas(asked.postDataJSON().message, "ORC|NW|2", "what was given");
        await detail.getByText("Accepted", { exact: true }).waitFor();
        assert((await editor.count()) === 0, "the editor stays open after it was accepted");
    });
    await tally.check("states: dead letters are given once more, all at hand", page, async () => {
        await openScreen(page, "HL7 messages");
        await page.getByRole("link", { name: "Dead letters" }).click();
        await page.getByRole("button", { name: "Give this one once more" }).click();
        await page.getByText("1 of 1 given once more").waitFor();
        await page.getByText("0 accepted, 1 refused again").waitFor();
    });
    await tally.check("states: a message that left, edited and sent once more", page, async () => {
        await openScreen(page, "HL7 messages");
        const before = table["/admin/api/messages"];
        table["/admin/api/messages"] = [200, page1(SENT)];
        await page.getByRole("link", { name: "Sent", exact: true }).click();
        await page.waitForURL(/direction=out/);
        await rowWith(page, "C-8").click();
        const detail = page.locator(".detail");
        await detail.getByRole("alert").filter({ hasText: "Not accepted" }).waitFor();
        assertHas(await detail.innerText(), "STEP_NEW", "the message");
        await detail.getByRole("button", { name: "Edit and send once more" }).click();
        const [asked] = await Promise.all([
            page.waitForRequest((one) => one.url().endsWith("/hl7/sent/8/resubmit")),
            detail.getByRole("button", { name: "Send once more", exact: true }).click(),
        ]);
        assertHas(asked.postDataJSON().raw, "PID|1||P-7", "what was sent");
        await detail.getByText("It waits to be sent").waitFor();
        table["/admin/api/messages"] = before;
    });
    await tally.check("states: both acknowledgements of a message are shown apart", page, async () => {
        table["/admin/api/messages/7"] = [200, { ...MESSAGE_DETAIL, acceptAck: "MSH|^~\\&|X\rMSA|CA|C-7\r" }];
        await openScreen(page, "HL7 messages");
        await rowWith(page, "C-7").click();
        const titles = page.locator(".detail figcaption h3");
        await until("three texts", async () => (await titles.count()) === 3);
        const told = (await titles.allInnerTexts()).join();
        assert(told === "Message,Commit acknowledgement,Application acknowledgement", told);
        table["/admin/api/messages/7"] = [200, MESSAGE_DETAIL];
    });
    await tally.check("states: a destination that fails, its settings, its dead letters", page, async () => {
        await openScreen(page, "Destinations");
        const row = await rowWith(page, "PACS").innerText();
        for (const part of ["Failing", "12", "2 h", "3"]) assertHas(row, part, "the destination");
        await rowWith(page, "PACS").click();
        const detail = page.locator(".detail");
        assertHas(await detail.innerText(), "Connection refused", "the detail");
        const form = detail.getByRole("form", { name: "Settings" });
        await form.getByLabel("port").fill("2576");
        await form.getByLabel("style").selectOption("OMI");
        await form.getByLabel("tls", { exact: true }).check();
        const [asked] = await Promise.all([
            page.waitForRequest((one) => one.method() === "PUT" && one.url().endsWith("/hl7/destinations/PACS")),
            form.getByRole("button", { name: "Save" }).click(),
        ]);
        const sent = JSON.stringify(asked.postDataJSON());
        assert(sent === JSON.stringify({ port: "2576", style: "OMI", tls: "true" }), `sent: ${sent}`);
        await detail.getByRole("button", { name: "Send the dead letters once more" }).click();
        await detail.getByText("3 dead letters wait again").waitFor();
        await Promise.all([
            page.waitForRequest((one) => one.url().endsWith("/hl7/destinations/PACS/pause")),
            detail.getByRole("button", { name: "Pause" }).click(),
        ]);
    });
    await tally.check("states: a held study, without a document", page, async () => {
        await openScreen(page, "Studies");
        await rowWith(page, "Held, Hanna", "Held").click();
        await page.getByText("This study has no document yet").waitFor();
    });
    await tally.check("states: a waiting report with text, PDF and a web page", page, async () => {
        await openScreen(page, "Reports");
        assertHas(await rowWith(page, "A-8").innerText(), "Waiting", "the report");
        await rowWith(page, "A-8").click();
        await page.getByText("Größe ≥ 4 mm").waitFor();
        const detail = page.locator(".detail");
        assertHas(await detail.innerText(), "Menisci intact.", "the report");
        const open = await detail.getByRole("link", { name: "Open PDF" }).getAttribute("href");
        assert(open.startsWith("blob:"), `the PDF's address is ${open}`);
        const downloads = await detail.getByRole("link", { name: "Download" }).count();
        assert(downloads === 2, `${downloads} documents can be saved`);
        const opened = await detail.getByRole("link", { name: /^Open/ }).count();
        assert(opened === 1, "a web page from a sender can be opened as this site");
    });
    await tally.check("states: a broken chain is told as such", page, async () => {
        await openScreen(page, "Audit");
        await page.getByRole("button", { name: "Verify chain" }).click();
        const alert = page.getByRole("alert").filter({ hasText: "The chain is broken (code 1)" });
        await alert.waitFor();
        assertHas(await alert.innerText(), "broken link at event 5", "the verdict");
    });
    await tally.check("states: nothing in the audit trail", page, async () => {
        await page.getByText("No audit events yet").waitFor();
    });
}

async function checkFailures(page, table, tally) {
    await tally.check("states: a failure keeps the last rows and says they may be old", page, async () => {
        await openScreen(page, "Studies");
        await rowWith(page, "Held, Hanna").waitFor();
        table["/admin/api/studies"] = [503, { error: { code: "UNAVAILABLE", text: "the database is not reachable" } }];
        // Coming back to a page refreshes it; the test's page is never hidden, so the event is all that is needed.
        await page.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
        await page
            .getByRole("alert")
            .filter({ hasText: "the database is not reachable (UNAVAILABLE) What is" })
            .waitFor();
        assert((await rowWith(page, "Held, Hanna").count()) === 1, "the rows are gone");
    });
    await tally.check("states: what a role forbids is told", page, async () => {
        table["/admin/api/reports"] = [403, { error: { code: "FORBIDDEN", text: "reports are not for this role" } }];
        await openScreen(page, "Reports");
        await page.getByRole("alert").filter({ hasText: "Not permitted" }).waitFor();
    });
    await tally.check("states: an ended session asks to sign in and returns to the screen", page, async () => {
        for (const path of Object.keys(table))
            table[path] = [401, { error: { code: "UNAUTHENTICATED", text: "no session" } }];
        await page.getByRole("link", { name: "HL7 messages" }).click();
        await page.getByText("Your session has ended. Please sign in again.").waitFor();
        assert((await page.locator("table").count()) === 0, "patients' rows are still shown");
        Object.assign(table, answers());
        await page.getByLabel("User name").fill("tester");
        await page.getByLabel("Password", { exact: true }).fill("x");
        await page.keyboard.press("Enter");
        await page.getByRole("heading", { level: 1, name: "HL7 messages" }).waitFor();
    });
}

async function checkDates(page, table, tally) {
    await tally.check("states: a day is written and taken as YYYY-MM-DD", page, async () => {
        await openScreen(page, "Worklist");
        const date = page.getByLabel("Date", { exact: true });
        await until("the day is 2026-03-12", async () => (await date.inputValue()) === "2026-03-12");
        table["/admin/api/worklist"] = [200, { date: "2026-04-01", items: [] }];
        await date.fill("20260401");
        await page.getByText("Wednesday, 1 April 2026").waitFor();
        await until("the day is 2026-04-01", async () => (await date.inputValue()) === "2026-04-01");
        await date.fill("2026-02-31");
        await date.blur();
        await page.getByText("Use YYYY-MM-DD").waitFor();
        assert(page.url().includes("date=2026-04-01"), "a day that is none was asked for");
    });
    await tally.check("states: a filter with half a day is not sent", page, async () => {
        await openScreen(page, "Audit");
        const form = page.getByRole("search");
        await form.getByLabel("From").fill("2026-03");
        await form.getByRole("button", { name: "Apply" }).click();
        assert(!page.url().includes("from="), `asked for ${page.url()}`);
        await form.getByLabel("From").fill("2026-03-01");
        await form.getByRole("button", { name: "Apply" }).click();
        await page.waitForURL(/from=2026-03-01/);
        await openScreen(page, "Audit");
    });
}

async function checkRows(page, table, tally) {
    await tally.check("states: a step without images says so when asked", page, async () => {
        table["/admin/api/worklist"] = [200, { date: "2026-03-12", items: [STEP] }];
        table["/fhir/ImagingStudy"] = [200, bundle(ORDERED)];
        await page.reload();
        await openScreen(page, "Worklist");
        await rowWith(page, "A-9").getByRole("button", { name: "Images" }).click();
        await rowWith(page, "A-9").getByText("No images yet").waitFor();
        await page.getByRole("heading", { level: 1, name: "Worklist" }).waitFor();
    });
    await tally.check("states: a step leads to its images, though their study is not listed", page, async () => {
        table["/fhir/ImagingStudy"] = [200, bundle({ ...ORDERED, numberOfSeries: 1, numberOfInstances: 2 })];
        await rowWith(page, "A-9").getByRole("button", { name: "No images yet" }).click();
        await page.locator(".detail").getByText("2 instances in 1 series").waitFor();
    });
    await tally.check("states: an event says its object once, and who was not known is a dash", page, async () => {
        table["/admin/api/audit"] = [200, { items: [EVENT, REFUSED_LOGIN], next: null }];
        await openScreen(page, "Audit");
        const row = await rowWith(page, "RESOURCE_READ").innerText();
        assertHas(row, "ImagingStudy/s9", "the event");
        assert(!row.includes("ImagingStudy/ImagingStudy"), `the type is said twice: ${row}`);
        const who = await rowWith(page, "LOGIN").locator("td").nth(3).innerText();
        assert(who.startsWith("—"), `who is shown as ${who}`);
        await rowWith(page, "RESOURCE_READ").click();
        await page.locator(".detail").getByText("ImagingStudy/s9", { exact: true }).waitFor();
    });
    await tally.check("states: the longest patient id stays inside the detail", page, async () => {
        const patientId = "P".repeat(64);
        table["/admin/api/studies"] = [200, page1({ ...STUDY, patientId })];
        table["/admin/api/messages/7"] = [200, { ...MESSAGE_DETAIL, patientId }];
        for (const [name, word] of [["Studies", "A-8"], ["HL7 messages", "C-7"]]) {
            await openScreen(page, name);
            await rowWith(page, word).click();
            await page.locator(".detail").getByText(patientId, { exact: true }).waitFor();
            const out = await page.locator(".detail-body").evaluate((box) => box.scrollWidth - box.clientWidth);
            assert(out <= 0, `the detail of ${name} is ${out} pixels too wide`);
        }
    });
}

async function checkBusyHeader(browser, base, tally, watch) {
    const { context, page, table } = await served(browser, base, watch, 1280);
    const many = 12345678;
    const counts = Object.fromEntries(Object.keys(STATUS.counts).map((name) => [name, many]));
    const name = "Radiology of the University Hospital";
    table["/admin/api/status"] = [200, { ...STATUS, name, counts, storage: { freeBytes: 9e13, readOnly: false } }];
    table["/admin/api/session"] = [200, { ...SESSION, display: "Maximiliana Featherstonehaugh-Cholmondeley" }];
    for (const width of [1280, 1200, 1024]) {
        await tally.check(`states: the header of a large site fits ${width} pixels`, page, async () => {
            await page.setViewportSize({ width, height: 900 });
            await page.reload();
            await page.getByText("12,345,678").first().waitFor();
            await assertHeader(page, width);
            const out = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
            assert(out <= 0, `the page is ${out} pixels too wide`);
        });
    }
    await context.close();
}

const OFFERED = {
    "SESSION FHIR_READ IMAGE_READ IMAGE_STORE WORKLIST_READ": "Worklist,Studies,Reports",
    "SESSION FHIR_READ FHIR_WRITE HL7_SEND ECHO": "Studies,Reports",
    "SESSION AUDIT_READ": "Audit",
    "SESSION ADMIN METRICS_READ": "",
    METRICS_READ: "",
};

async function checkPermissions(browser, base, tally, watch) {
    const { context, page, table } = await served(browser, base, watch, 1440);
    const asked = [];
    page.on("request", (request) => asked.push(new URL(request.url()).pathname));
    for (const [held, offered] of Object.entries(OFFERED)) {
        await tally.check(`states: who holds ${held} is offered ${offered || "no screen"}`, page, async () => {
            table["/admin/api/session"] = [200, { ...SESSION, roles: ["ONE_ROLE"], permissions: held.split(" ") }];
            asked.length = 0;
            await page.reload();
            const sign = offered ? page.getByRole("heading", { level: 1 }) : page.getByText("your roles (one role)");
            await sign.waitFor();
            const names = await page.getByRole("navigation", { name: "Screens" }).getByRole("link").allInnerTexts();
            assert(names.join() === offered, `offered: ${names.join(", ")}`);
            assert(held.includes("SESSION") || !asked.includes("/admin/api/status"), "a refusal was provoked");
        });
    }
    await tally.check("states: no link leads to a screen that is not offered", page, async () => {
        table["/admin/api/session"] = [200, { ...SESSION, permissions: ["SESSION", "FHIR_READ"] }];
        await page.reload();
        await openScreen(page, "Studies");
        await rowWith(page, "A-8").click();
        const links = await page.locator(".detail .facts a").allInnerTexts();
        assert(links.join() === "Reports", `links: ${links.join(", ")}`);
    });
    await tally.check("states: a session one may not look at ends at the sign-in, in words", page, async () => {
        table["/admin/api/session"] = [403, { error: { code: "FORBIDDEN", text: "not permitted" } }];
        await page.reload();
        await page.getByText("Please sign in again.").waitFor();
    });
    await context.close();
}

async function checkFault(browser, base, tally) {
    // The fault itself is printed to the console; it must not count against the other checks, nor hide theirs.
    const { context, page, table } = await served(browser, base, new Watch(base), 1440);
    await tally.check("states: an answer of another version breaks one part of the page only", page, async () => {
        table["/admin/api/status"] = [200, { name: "Test site" }];
        await page.reload();
        await page.getByRole("alert").filter({ hasText: "This part of the page failed" }).waitFor();
        await page.getByRole("heading", { level: 1, name: "Worklist" }).waitFor();
    });
    await context.close();
}

async function checkNarrow(browser, base, tally, watch) {
    const { context, page } = await served(browser, base, watch, 800);
    await tally.check("states: nothing sticks out of a page 800 wide", page, async () => {
        for (const name of SCREENS) {
            await openScreen(page, name);
            const out = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
            assert(out <= 0, `${name} is ${out} pixels too wide`);
        }
    });
    await context.close();
}

export async function checkStates(browser, base, tally, watch) {
    watch.expect(/(401|403|503).*\/(admin\/api|fhir)\//);
    const { context, page, table } = await served(browser, base, watch, 1440);
    await checkContent(page, table, tally);
    await checkDates(page, table, tally);
    await checkRows(page, table, tally);
    Object.assign(table, answers());
    await checkFailures(page, table, tally);
    await context.close();
    await checkPermissions(browser, base, tally, watch);
    await checkBusyHeader(browser, base, tally, watch);
    await checkNarrow(browser, base, tally, watch);
    await checkFault(browser, base, tally);
}
