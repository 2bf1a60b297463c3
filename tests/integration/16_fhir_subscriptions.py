"""Others are told: R4 criteria and topics, in order and without loss, and never an address inside the house."""

import base64
import hashlib
import http.server
import json
import os
import pathlib
import socket
import ssl
import struct
import subprocess
import sys
import threading
import time

TREE = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(TREE / "tests" / "support"))

import dicom  # noqa: E402
import hl7  # noqa: E402
import house as houses  # noqa: E402
import story  # noqa: E402

BACKPORT = "http://hl7.org/fhir/uv/subscriptions-backport/StructureDefinition/"
TOPICS = "https://isocentre.org/fhir/SubscriptionTopic/"


class Receiver:
    """An HTTP receiver that keeps what it gets and answers with .status; down() and up() at the same port."""

    def __init__(self, tls=None):
        self.got, self.status, self.port, self.server, self.tls, self.pause = [], 200, 0, None, tls, 0
        self.up()

    def up(self):
        receiver = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def take(self):
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                time.sleep(receiver.pause)
                receiver.got.append((self.command, self.path, dict(self.headers), body))
                self.send_response(receiver.status)
                self.send_header("Content-Length", "0")
                self.end_headers()

            do_POST = do_PUT = take

            def log_message(self, *_):
                pass

        http.server.ThreadingHTTPServer.allow_reuse_address = True
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", self.port), Handler)
        self.port = self.server.server_address[1]
        if self.tls:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(self.tls, self.tls)
            self.server.socket = context.wrap_socket(self.server.socket, server_side=True)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def down(self):
        self.server.shutdown()
        self.server.server_close()

    @property
    def url(self):
        return "%s://127.0.0.1:%d/hook" % ("https" if self.tls else "http", self.port)

    def bundles(self, kind="event-notification"):
        """Bundles of a notification type, each with its status as a dict of name → values."""
        found = []
        for _, _, _, body in list(self.got):
            if body[:1] != b"{":
                continue
            bundle = json.loads(body)
            if bundle["resourceType"] == "Bundle" and status_of(bundle)["type"] == [kind]:
                found.append(bundle)
        return found

    def events(self):
        """(number, focus reference) in the order of arrival."""
        return [event for bundle in self.bundles() for event in events_of(bundle)]


class WebSocket:
    """A client's side of RFC 6455, as much of it as text messages need."""

    def __init__(self, port, path="/fhir/websocket"):
        self.socket = socket.create_connection(("127.0.0.1", port), 20)
        key = base64.b64encode(os.urandom(16)).decode()
        head = "GET %s HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n" % path
        self.socket.sendall(
            (head + "Sec-WebSocket-Key: %s\r\nSec-WebSocket-Version: 13\r\n\r\n" % key).encode()
        )
        answer = b""
        while b"\r\n\r\n" not in answer:
            part = self.socket.recv(1)
            if not part:
                break
            answer += part
        self.status = int(answer.split()[1])
        accept = hashlib.sha1((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").encode()).digest()
        self.accepted = base64.b64encode(accept) in answer

    def send(self, text):
        mask, raw = os.urandom(4), text.encode()
        head = struct.pack(">BB", 0x81, 0x80 | len(raw)) + mask
        self.socket.sendall(head + bytes(b ^ mask[i % 4] for i, b in enumerate(raw)))

    def exactly(self, n):
        got = b""
        while len(got) < n:
            part = self.socket.recv(n - len(got))
            if not part:
                raise EOFError
            got += part
        return got

    def read(self):
        """The next text message as JSON; EOFError at the end."""
        while True:
            op, n = self.exactly(2)
            n = struct.unpack(">H", self.exactly(2))[0] if n == 126 else n
            n = struct.unpack(">Q", self.exactly(8))[0] if n == 127 else n
            payload = self.exactly(n)
            if op == 0x88:
                raise EOFError
            if op == 0x81:
                return json.loads(payload)

    def close(self):
        self.socket.close()


def status_of(bundle):
    values = {}
    for p in bundle["entry"][0]["resource"]["parameter"]:
        value = next((v for k, v in p.items() if k.startswith("value")), p.get("part"))
        values.setdefault(p["name"], []).append(value)
    return values


def events_of(bundle):
    found = []
    for part in status_of(bundle).get("notification-event", []):
        values = {p["name"]: p for p in part}
        focus = values.get("focus", {}).get("valueReference", {}).get("reference", "")
        found.append((int(values["event-number"]["valueString"]), "/".join(focus.split("/")[-2:])))
    return found


def topic_subscription(topic, endpoint, content="id-only", filters=None, **extensions):
    """extensions: heartbeat_period=1, max_count=2, timeout=3."""
    kinds = {"heartbeat_period": "valueUnsignedInt", "timeout": "valueUnsignedInt", "max_count": "valuePositiveInt"}
    resource = {
        "resourceType": "Subscription",
        "meta": {"profile": [BACKPORT + "backport-subscription"]},
        "status": "requested",
        "reason": "test",
        "criteria": TOPICS + topic,
        "channel": {
            "extension": [
                {"url": BACKPORT + "backport-" + k.replace("_", "-"), kinds[k]: v} for k, v in extensions.items()
            ],
            "type": "rest-hook",
            "endpoint": endpoint,
            "payload": "application/fhir+json",
            "_payload": {"extension": [{"url": BACKPORT + "backport-payload-content", "valueCode": content}]},
            "header": ["Authorization: Bearer hush-hush"],
        },
    }
    if not extensions:
        del resource["channel"]["extension"]
    if filters:
        resource["_criteria"] = {
            "extension": [{"url": BACKPORT + "backport-filter-criteria", "valueString": filters}]
        }
    return resource


def plain_subscription(criteria, endpoint, payload=None):
    channel = {"type": "rest-hook", "endpoint": endpoint}
    if payload:
        channel["payload"] = payload
    return {
        "resourceType": "Subscription",
        "status": "requested",
        "reason": "test",
        "criteria": criteria,
        "channel": channel,
    }


class Subscriptions(story.Documents):
    options = {
        "fhir.subscription_allow": "127.0.0.0/8",
        "fhir.subscription_retry_max_seconds": 1,
        "fhir.subscription_settle_seconds": 1,
        "fhir.subscription_keep": 50,
    }

    def setUp(self):
        self.receiver = Receiver()
        self.made = []

    def tearDown(self):
        for s in self.made:
            self.house.fhir("DELETE", "/Subscription/" + s)
        self.receiver.down()

    def subscribe(self, resource, wait="active"):
        made = self.make(resource)
        self.made.append(made["id"])
        self.assertEqual(made["status"], "requested")
        if wait:
            self.wait_status(made["id"], wait)
        return made["id"]

    def read(self, subscription):
        return self.house.fhir("GET", "/Subscription/" + subscription).json

    def wait_status(self, subscription, status):
        houses.wait_for("status " + status, lambda: self.read(subscription)["status"] == status)

    def wait_events(self, n):
        houses.wait_for("%d events" % n, lambda: len(self.receiver.events()) >= n)
        return self.receiver.events()

    def patient(self, family="Told"):
        return self.make({"resourceType": "Patient", "name": [{"family": family}]})["id"]

    def order(self, patient, **more):
        return self.make(
            {
                "resourceType": "ServiceRequest",
                "status": "active",
                "intent": "order",
                "code": {"text": "CT"},
                "subject": {"reference": "Patient/" + patient},
                **more,
            }
        )

    def test_01_r4_criteria(self):
        """No payload: a bare POST. JSON or XML: a PUT of the resource. What does not match is not told."""
        patient = self.patient()
        self.subscribe(plain_subscription("ServiceRequest?status=active&patient=Patient/" + patient, self.receiver.url))
        for payload in ("application/fhir+json", "application/fhir+xml"):
            self.subscribe(
                plain_subscription("ServiceRequest?patient=Patient/" + patient, self.receiver.url + "/x", payload)
            )
        order = self.order(patient)
        self.order(self.patient("Other"))
        houses.wait_for("three requests", lambda: len(self.receiver.got) >= 3)
        got = sorted((g[0], g[1], g[2].get("Content-Type"), g[3][:1]) for g in self.receiver.got)
        path = "/hook/x/ServiceRequest/" + order["id"]
        self.assertEqual(
            got,
            [
                ("POST", "/hook", None, b""),
                ("PUT", path, "application/fhir+json", b"{"),
                ("PUT", path, "application/fhir+xml", b"<"),
            ],
        )
        body = json.loads(next(g[3] for g in self.receiver.got if g[3][:1] == b"{"))
        self.assertEqual((body["id"], body["meta"]["versionId"]), (order["id"], "1"))

    def test_02_topic_contents(self):
        """Handshake first; empty tells numbers only, id-only names, full-resource brings the version that triggered."""
        patient = self.patient()
        others = {}
        for content in ("empty", "id-only", "full-resource"):
            others[content] = Receiver()
            self.subscribe(topic_subscription("order-placed", others[content].url, content))
            self.assertEqual(len(others[content].bundles("handshake")), 1)
            self.assertEqual(others[content].got[0][2]["Authorization"], "Bearer hush-hush")
        order = self.order(patient)
        self.house.fhir("PUT", "/ServiceRequest/" + order["id"], {**order, "priority": "stat"})
        for content, receiver in others.items():
            houses.wait_for("an event", receiver.bundles)
            bundle = receiver.bundles()[0]
            status = status_of(bundle)
            self.assertEqual(bundle["type"], "history")
            self.assertEqual(status["topic"], [TOPICS + "order-placed"])
            self.assertEqual((status["status"], status["events-since-subscription-start"]), (["active"], ["1"]))
            focus = "" if content == "empty" else "ServiceRequest/" + order["id"]
            self.assertEqual(events_of(bundle), [(1, focus)])
            self.assertEqual(len(bundle["entry"]), 1 if content == "empty" else 2)
            resource = bundle["entry"][-1].get("resource", {})
            if content == "id-only":
                self.assertNotIn("resource", bundle["entry"][1])
            if content == "full-resource":
                self.assertEqual((resource["id"], resource["meta"]["versionId"]), (order["id"], "1"))
                self.assertNotIn("priority", resource)
            receiver.down()

    def test_03_filters(self):
        patient = self.patient()
        self.subscribe(
            topic_subscription(
                "order-placed", self.receiver.url, filters="ServiceRequest?patient=Patient/%s&priority=stat" % patient
            )
        )
        self.order(patient)
        self.order(self.patient("Other"), priority="stat")
        wanted = self.order(patient, priority="stat")
        self.assertEqual(self.wait_events(1), [(1, "ServiceRequest/" + wanted["id"])])

    def test_04_a_receiver_that_is_down_loses_nothing(self):
        patient = self.patient()
        s = self.subscribe(topic_subscription("order-placed", self.receiver.url, max_count=3))
        self.order(patient)
        self.wait_events(1)
        self.receiver.down()
        orders = [self.order(patient)["id"] for _ in range(7)]
        self.wait_status(s, "error")
        self.assertIn("127.0.0.1", self.read(s)["error"])
        houses.wait_for("all counted", lambda: self.count(s) == 8)
        status = self.house.fhir("GET", "/Subscription/%s/$status" % s).json["entry"][0]["resource"]
        values = {p["name"]: p for p in status["parameter"]}
        self.assertEqual(values["status"]["valueCode"], "error")
        self.assertIn("error", values)
        self.house.kill()
        self.house.start()
        self.receiver.up()
        events = self.wait_events(8)
        self.assertEqual(sorted({n for n, _ in events}), list(range(1, 9)))
        self.assertEqual([f for _, f in sorted(set(events))[1:]], ["ServiceRequest/" + o for o in orders])
        self.assertLessEqual(max(len(events_of(b)) for b in self.receiver.bundles()), 3)
        numbers = [n for n, _ in events]
        self.assertEqual(numbers, sorted(numbers))
        self.wait_status(s, "active")
        self.assertNotIn("error", self.read(s))

    def count(self, subscription):
        answer = self.house.fhir("GET", "/Subscription/$status?id=" + subscription)
        self.assertStatus(answer, 200)
        status = status_of(answer.json)
        return int(status["events-since-subscription-start"][0])

    def test_05_killed_between_commit_and_delivery(self):
        patient = self.patient()
        s = self.subscribe(topic_subscription("order-placed", self.receiver.url))
        arm = self.house.root / "kill-now"
        self.house.restart(failpoint="gate.after_commit=kill:1@%s" % arm)
        arm.touch()
        try:
            self.house.fhir(
                "POST",
                "/ServiceRequest",
                {
                    "resourceType": "ServiceRequest",
                    "status": "active",
                    "intent": "order",
                    "subject": {"reference": "Patient/" + patient},
                },
            )
        except OSError:
            pass
        self.house.wait_dead()
        arm.unlink()
        self.house.start()
        self.assertEqual([n for n, _ in self.wait_events(1)], [1])
        self.assertEqual(self.count(s), 1)

    def test_06_replay(self):
        """/fhir/Subscription/{id}/$events gives again what was sent, by number; a POST asks the same with Parameters.
        /fhir/Subscription/$status and /fhir/Subscription/{id}/$status can be posted to, too."""
        patient = self.patient()
        s = self.subscribe(topic_subscription("order-placed", self.receiver.url))
        orders = [self.order(patient)["id"] for _ in range(4)]
        self.wait_events(4)
        address = "/Subscription/%s/$events" % s
        bundle = self.house.fhir(
            "GET", address + "?eventsSinceNumber=2&eventsUntilNumber=3&content=full-resource"
        ).json
        self.assertEqual(status_of(bundle)["type"], ["query-event"])
        self.assertEqual(events_of(bundle), [(n, "ServiceRequest/" + orders[n - 1]) for n in (2, 3)])
        self.assertEqual([e["resource"]["id"] for e in bundle["entry"][1:]], orders[1:3])
        posted = self.house.fhir(
            "POST",
            address,
            {"resourceType": "Parameters", "parameter": [{"name": "eventsSinceNumber", "valueString": "4"}]},
        )
        self.assertEqual(events_of(posted.json), [(4, "ServiceRequest/" + orders[3])])
        self.assertStatus(self.house.fhir("GET", address + "?content=all"), 400)
        self.assertStatus(self.house.fhir("GET", "/Subscription/none/$events"), 404)
        self.assertStatus(self.house.fhir("POST", "/Subscription/%s/$status" % s), 200)
        self.assertStatus(self.house.fhir("POST", "/Subscription/$status"), 200)

    def test_07_heartbeat(self):
        self.subscribe(topic_subscription("report-final", self.receiver.url, heartbeat_period=1))
        houses.wait_for("two heartbeats", lambda: len(self.receiver.bundles("heartbeat")) >= 2)

    def test_08_a_refused_handshake_is_an_error(self):
        self.receiver.status = 403
        s = self.subscribe(topic_subscription("report-final", self.receiver.url), wait="error")
        self.assertIn("403", self.read(s)["error"])
        self.receiver.status = 204
        self.wait_status(s, "active")

    def test_09_a_redirect_is_not_followed(self):
        self.receiver.status = 302
        s = self.subscribe(topic_subscription("report-final", self.receiver.url), wait="error")
        self.assertIn("302", self.read(s)["error"])

    def test_10_addresses_inside_the_house(self):
        for url in (
            "http://10.0.0.1/",
            "http://169.254.169.254/latest/meta-data/",
            "http://0.0.0.0/",
            "http://[::1]:8042/",
            "http://[::ffff:10.0.0.1]/",
            "http://192.168.0.1/",
            "http://0xa000001/",
            "ftp://127.0.0.1/",
            "http://user:pw@127.0.0.1/",
            "no address",
        ):
            answer = self.house.fhir("POST", "/Subscription", plain_subscription("Patient?active=true", url))
            self.assertStatus(answer, 422)
            self.assertEqual(answer.json["issue"][0]["expression"], ["Subscription.channel.endpoint"], url)

    def test_11_what_is_not_offered(self):
        good = topic_subscription("order-placed", self.receiver.url)
        bad = [
            {**good, "criteria": TOPICS + "none"},
            {**good, "channel": {**good["channel"], "type": "email"}},
            {**good, "channel": {**good["channel"], "header": ["no colon"]}},
            {**good, "channel": {**good["channel"], "header": ["Host: x"]}},
            {**good, "channel": {**good["channel"], "payload": "text/plain"}},
            plain_subscription("Patient?nonsense=1", self.receiver.url),
            plain_subscription("Nobody?x=1", self.receiver.url),
            plain_subscription("", self.receiver.url) | {"criteria": "?"},
            topic_subscription("order-placed", self.receiver.url, filters="ServiceRequest?subject:missing=true"),
            topic_subscription("order-placed", self.receiver.url, filters="Patient?patient=1"),
            topic_subscription("order-placed", self.receiver.url, content="some"),
        ]
        for resource in bad:
            answer = self.house.fhir("POST", "/Subscription", resource)
            self.assertStatus(answer, 422)

    def test_12_secrets_stay_here(self):
        s = self.subscribe(topic_subscription("order-placed", self.receiver.url))
        shown = self.read(s)
        self.assertEqual(shown["channel"]["header"], ["Authorization: ********"])
        self.assertNotIn("hush-hush", self.house.log_text())
        self.receiver.got.clear()
        shown["reason"] = "another"
        self.assertStatus(self.house.fhir("PUT", "/Subscription/" + s, shown), 200)
        houses.wait_for("a new handshake", lambda: self.receiver.bundles("handshake"))
        self.assertEqual(self.receiver.got[0][2]["Authorization"], "Bearer hush-hush")
        self.assertNotIn("hush-hush", str(self.house.sql("SELECT content FROM resource WHERE type = 'Subscription'")))

    def test_13_off_and_end(self):
        patient = self.patient()
        s = self.subscribe(topic_subscription("order-placed", self.receiver.url))
        self.assertStatus(self.house.fhir("PUT", "/Subscription/" + s, {**self.read(s), "status": "off"}), 200)
        self.order(patient)
        again = self.subscribe(topic_subscription("order-placed", self.receiver.url))
        wanted = self.order(patient)
        self.assertEqual(self.wait_events(1), [(1, "ServiceRequest/" + wanted["id"])])
        self.assertEqual(self.read(s)["status"], "off")
        ended = self.read(again) | {"end": "2026-01-01T00:00:00Z"}
        self.assertStatus(self.house.fhir("PUT", "/Subscription/" + again, ended), 200)
        self.wait_status(again, "off")

    def test_14_who_may(self):
        """FHIR_SUBSCRIBE: a radiologist reads and writes, and may not send the record elsewhere."""
        self.house.add_user("reader", "RADIOLOGIST")
        self.house.add_user("ris", "RIS")
        resource = topic_subscription("order-placed", self.receiver.url)
        self.assertStatus(self.house.fhir("POST", "/Subscription", resource, user="reader"), 403)
        made = self.house.fhir("POST", "/Subscription", resource, user="ris")
        self.assertStatus(made, 201)
        self.made.append(made.json["id"])
        self.assertStatus(self.house.fhir("DELETE", "/Subscription/" + made.json["id"], user="reader"), 403)

    def test_15_final_report_and_images_both_ways(self):
        """The report by HL7, the images by DICOM; whichever comes last, one event."""
        final = Receiver()
        available = Receiver()
        self.subscribe(topic_subscription("report-and-images", self.receiver.url))
        self.subscribe(topic_subscription("report-final", final.url))
        self.subscribe(topic_subscription("study-available", available.url))
        for turn, images_first in enumerate((True, False)):
            name = "RI%d" % turn
            uid, pid = dicom.uid_of("subs", name), hl7.pid("P-" + name, "Doe^Jane")
            self.assertAck(self.house.send(hl7.order("O-" + name, pid, name, study_uid=uid)), "AA")
            parts = [
                lambda: self.house.store(
                    *dicom.make_study(
                        self.folder / name, uid, patient_id="P-" + name, issuer="CLINIC", accession=name
                    )
                ),
                lambda: self.assertAck(self.house.send(hl7.report("R-" + name, pid, name, study_uid=uid)), "AA"),
            ]
            for part in parts if images_first else reversed(parts):
                self.assertEqual(len(self.receiver.events()), turn)
                part()
            report = self.house.search("/DiagnosticReport?identifier=F-" + name)[0]
            events = self.wait_events(turn + 1)
            self.assertEqual(events[turn], (turn + 1, "DiagnosticReport/" + report["id"]))
            houses.wait_for("the final report", lambda: len(final.events()) >= turn + 1)
            self.assertEqual(final.events()[turn][1], "DiagnosticReport/" + report["id"])
            study = self.house.search("/ImagingStudy?identifier=urn:oid:" + uid)[0]["id"]
            told = [f for _, f in available.events()]
            houses.wait_for(
                "the study, and its coming to rest",
                lambda: [f for _, f in available.events()].count("ImagingStudy/" + study) == 2,
            )
            self.assertLessEqual(told.count("ImagingStudy/" + study), 2)
        corrected = hl7.report(
            "R-C", hl7.pid("P-RI0", "Doe^Jane"), "RI0", study_uid=dicom.uid_of("subs", "RI0"), status="C"
        )
        self.assertAck(self.house.send(corrected), "AA")
        houses.wait_for("the correction", lambda: len(final.events()) >= 3)
        self.assertEqual(len(self.receiver.events()), 2)
        final.down()
        available.down()

    def test_16_order_changed(self):
        patient = self.patient()
        self.subscribe(topic_subscription("order-changed", self.receiver.url, "full-resource"))
        order = self.order(patient)
        changed = {**order, "priority": "urgent"}
        self.assertStatus(self.house.fhir("PUT", "/ServiceRequest/" + order["id"], changed), 200)
        self.wait_events(1)
        self.assertEqual(self.receiver.bundles()[0]["entry"][1]["resource"]["priority"], "urgent")

    def test_17_traces(self):
        events = self.house.audit_events("SUBSCRIBER_NOTIFY")
        self.assertTrue(events)
        self.assertIn("isocentre_outbox_sent_total", self.house.http("GET", "/metrics").text)  # outbox_sent
        statement = self.house.fhir("GET", "/metadata").json
        entry = [r for r in statement["rest"][0]["resource"] if r["type"] == "Subscription"][0]
        self.assertIn(TOPICS + "report-and-images", [x["valueCanonical"] for x in entry["extension"]])
        self.assertLessEqual({"status", "events"}, {o["name"] for o in entry["operation"]})

    def test_18_websocket(self):
        """$get-ws-binding-token, one binding a token; what happens while no client is bound waits for the next."""
        self.house.restart(sets=["fhir.websocket_connections=2"])
        resource = topic_subscription("order-placed", "")
        resource["channel"]["type"] = "websocket"
        del resource["channel"]["endpoint"], resource["channel"]["header"]
        s = self.subscribe(resource)

        def token():
            answer = self.house.fhir("POST", "/Subscription/%s/$get-ws-binding-token" % s)
            self.assertStatus(answer, 200)
            values = {p["name"]: next(v for k, v in p.items() if k != "name") for p in answer.json["parameter"]}
            self.assertTrue(values["websocket-url"].startswith("ws://"))
            return values["token"]

        patient, first = self.patient(), token()
        client = WebSocket(self.house.http_port)
        self.assertTrue(client.status == 101 and client.accepted)
        client.send("bind-with-token " + first)
        self.assertEqual(status_of(client.read())["type"], ["handshake"])
        order = self.order(patient)
        self.assertEqual(events_of(client.read()), [(1, "ServiceRequest/" + order["id"])])
        again = WebSocket(self.house.http_port)
        over = WebSocket(self.house.http_port)
        self.assertEqual(over.status, 503)
        again.send("bind-with-token " + first)
        with self.assertRaises(EOFError):
            again.read()
        client.close()
        missed = self.order(patient)
        self.wait_status(s, "error")

        def bound():
            late = WebSocket(self.house.http_port)
            return late if late.status == 101 else late.close()

        late = houses.wait_for("a free place", bound)
        late.send("bind-with-token " + token())
        self.assertEqual(status_of(late.read())["type"], ["handshake"])
        self.assertEqual(events_of(late.read()), [(2, "ServiceRequest/" + missed["id"])])
        self.wait_status(s, "active")
        self.assertStatus(self.house.http("GET", "/fhir/websocket", user=None), 400)

    def test_19_departments(self):
        """A subscription tells what its maker may see, and no more."""
        self.house.add_user("ct", "RIS")
        self.house.sql("UPDATE app_user SET departments = '{CT}' WHERE login = 'ct'")
        resource = topic_subscription("order-placed", self.receiver.url, "full-resource")
        made = self.house.fhir("POST", "/Subscription", resource, user="ct")
        self.assertStatus(made, 201)
        self.made.append(made.json["id"])
        self.wait_status(made.json["id"], "active")
        self.order(self.patient())
        mine = self.house.fhir("POST", "/Patient", {"resourceType": "Patient"}, user="ct")
        wanted = {"resourceType": "ServiceRequest", "status": "active", "intent": "order"}
        wanted["subject"] = {"reference": "Patient/" + mine.json["id"]}
        order = self.house.fhir("POST", "/ServiceRequest", wanted, user="ct")
        self.assertStatus(order, 201)
        self.assertEqual(self.wait_events(1), [(1, "ServiceRequest/" + order.json["id"])])

    def test_20_certificates(self):
        """Who can not show a certificate that is believed gets nothing (fhir.subscription_ca_file)."""
        pem = self.folder / "receiver.pem"
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2"]
            + ["-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", pem, "-out", pem],
            check=True,
            capture_output=True,
        )
        made = subprocess.run(["openssl", "x509", "-in", pem], check=True, capture_output=True).stdout
        believed = self.house.root / "believed.pem"
        believed.write_bytes(made)
        os.chmod(believed, 0o644)
        receiver = Receiver(tls=pem)
        s = self.subscribe(topic_subscription("order-placed", receiver.url), wait="error")
        self.assertEqual(receiver.got, [])
        self.house.restart(sets=["fhir.subscription_ca_file=%s" % believed])
        self.wait_status(s, "active")
        self.assertTrue(receiver.bundles("handshake"))
        receiver.down()
        self.house.restart()

    def test_21_options(self):
        """fhir.subscription_keep bounds $events, fhir.subscription_timeout_seconds a slow receiver."""
        self.house.restart(sets=["fhir.subscription_keep=2", "fhir.subscription_timeout_seconds=1"])
        patient = self.patient()
        s = self.subscribe(topic_subscription("order-placed", self.receiver.url, max_count=1))
        for _ in range(5):
            self.order(patient)
        self.wait_events(5)
        houses.wait_for(
            "the older ones to go",
            lambda: [n for n, _ in events_of(self.house.fhir("GET", "/Subscription/%s/$events" % s).json)] == [4, 5],
        )
        self.receiver.pause = 3
        self.order(patient)
        self.wait_status(s, "error")
        self.receiver.pause = 0
        self.wait_status(s, "active")
        self.house.restart(sets=["fhir.subscription_allow=10.0.0.0/8"])
        answer = self.house.fhir("POST", "/Subscription", plain_subscription("Patient?active=true", self.receiver.url))
        self.assertStatus(answer, 422)
        self.house.restart()


if __name__ == "__main__":
    story.main()
