"""What clients and server agree on: forms, compression, preferences, conditions, methods; what no request may do."""

import base64
import email.utils
import gzip
import http.client
import json
import pathlib
import socket
import sys
import time

TREE = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(TREE / "tests" / "support"))

import house as houses  # noqa: E402
import story  # noqa: E402

JSON, XML = "application/fhir+json;charset=utf-8", "application/fhir+xml;charset=utf-8"
LONG = "x" * 4000


class Negotiation(story.Story):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.at = "/Basic/" + cls.house.fhir("PUT", "/Basic/n", cls.basic("n")).json["id"]

    @staticmethod
    def basic(identifier=None, text=LONG):
        own = {"id": identifier} if identifier else {}
        return {"resourceType": "Basic", **own, "code": {"text": text}}

    def get(self, path, **headers):
        return self.house.http("GET", "/fhir" + path, headers={k.replace("_", "-"): v for k, v in headers.items()})

    def assertOutcome(self, answer, status, where=""):
        wanted = status if isinstance(status, tuple) else (status,)
        self.assertIn(answer.status, wanted, (where, answer.text[:300]))
        self.assertIn(answer.headers["content-type"], (JSON, XML), where)
        self.assertIn("OperationOutcome", answer.text, where)

    # ---- forms ----

    def test_1_the_form_of_an_answer(self):
        for accept, form in (
            ("application/fhir+json", JSON),
            ("application/fhir+xml", XML),
            ("application/json", JSON),
            ("text/json", JSON),
            ("application/xml", XML),
            ("text/xml", XML),
            ("*/*", JSON),
            ("*", JSON),
            ("application/*", JSON),
            ("text/*", JSON),
            ("", JSON),
            ("text/html, image/gif, *; q=.2, */*; q=.2", JSON),
            ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", XML),
            ("application/fhir+json;q=0.5, application/fhir+xml;q=0.6", XML),
            ("application/fhir+xml, application/fhir+json", XML),
            ("application/fhir+json;q=0, */*", XML),
            ("application/fhir+xml;q=0.1, */*;q=0.9", JSON),
            ("application/fhir+xml; charset=UTF-8", XML),
            ("application/fhir+json; fhirVersion=4.0", JSON),
            ("application/fhir+xml;charset=utf-16, application/fhir+json;q=0.1", JSON),
        ):
            answer = self.get(self.at, Accept=accept)
            self.assertStatus(answer, 200)
            self.assertEqual(answer.headers["content-type"], form, accept)
            self.assertIn("Accept", answer.headers["vary"])
        for accept in (
            "text/html",
            "application/fhir+json;q=0",
            "*/*;q=0",
            "application/fhir+json;charset=latin1",
            "application/fhir+json;fhirVersion=5.0",
            "application/fhir+turtle",
        ):
            self.assertOutcome(self.get(self.at, Accept=accept), 406, accept)
        for query, form in (
            ("_format=xml", XML),
            ("_format=json", JSON),
            ("_format=application/fhir%2Bxml", XML),
            ("_format=application/fhir+xml", XML),
            ("_format=text/xml&_pretty=true", XML),
        ):
            answer = self.get(self.at + "?" + query, Accept="text/html")
            self.assertEqual((answer.status, answer.headers["content-type"]), (200, form), query)
        self.assertOutcome(self.get(self.at + "?_format=ttl"), 406)
        self.assertIn("\n", self.get(self.at + "?_pretty=true").text)

    def test_2_the_form_of_a_posted_search(self):
        form = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "text/html"}
        for body, due in (("_id=n&_format=application%2Ffhir%2Bxml", XML), ("_format=json&_pretty=true&_id=n", JSON)):
            answer = self.house.http("POST", "/fhir/Basic/_search", body, form)
            self.assertStatus(answer, 200)
            self.assertEqual(answer.headers["content-type"], due)
            self.assertEqual("\n" in answer.text, "_pretty" in body)
        self.assertOutcome(self.house.http("POST", "/fhir/Basic/_search", "_id=n", form), 406)
        self.assertOutcome(self.house.http("POST", "/fhir/Basic/_search", "_format=pdf", form), 406)
        self.assertOutcome(self.house.http("POST", "/fhir/Basic/_search", "{}", {"Content-Type": "text/plain"}), 415)

    def test_3_the_form_of_a_body(self):
        text = json.dumps(self.basic(text="ü")).encode()
        for media_type, body, status in (
            ("application/fhir+json", text, 201),
            ("application/json;charset=utf-8", text, 201),
            ('text/json; charset="UTF-8"', text, 201),
            ("application/fhir+json;fhirVersion=4.0", text, 201),
            ("application/fhir+json", b"\xef\xbb\xbf" + text, 201),
            (
                "application/fhir+xml",
                b'\xef\xbb\xbf<Basic xmlns="http://hl7.org/fhir"><language value="de"/></Basic>',
                422,
            ),
            ("text/xml", b'<Basic xmlns="http://hl7.org/fhir"><code><text value="a"/></code></Basic>', 201),
            ("application/fhir+json;charset=iso-8859-1", text, 415),
            ("application/fhir+json;fhirVersion=3.0", text, 415),
            ("text/plain", text, 415),
            ("", text, 415),
        ):
            answer = self.house.http("POST", "/fhir/Basic", body, {"Content-Type": media_type})
            self.assertIn(answer.status, (status,), (media_type, answer.text[:300]))
            if status >= 400:
                self.assertOutcome(answer, status)

    # ---- compression ----

    def test_4_gzip_both_ways(self):
        plain = self.get(self.at)
        self.assertNotIn("content-encoding", plain.headers)
        packed = self.get(self.at, Accept_Encoding="gzip")
        self.assertEqual(packed.headers["content-encoding"], "gzip")
        self.assertEqual(packed.headers["etag"], plain.headers["etag"])
        self.assertEqual({v.strip() for v in packed.headers["vary"].split(",")}, {"Accept", "Accept-Encoding"})
        self.assertEqual(gzip.decompress(packed.body), plain.body)
        self.assertNotIn("content-encoding", self.get(self.at, Accept_Encoding="gzip;q=0").headers)
        self.assertStatus(self.get(self.at, Accept_Encoding="gzip", If_None_Match=plain.headers["etag"]), 304)

        def post(body, coding):
            return self.house.fhir("POST", "/Basic", body, {"Content-Encoding": coding})

        text = json.dumps(self.basic()).encode()
        answer = post(gzip.compress(text), "gzip")
        self.assertStatus(answer, 201)
        self.assertEqual(answer.json["code"]["text"], LONG)
        self.assertOutcome(post(text, "br"), 415)
        self.assertEqual(post(text, "br").headers["accept-encoding"], "gzip")
        self.assertOutcome(post(text, "gzip"), 400)
        self.assertOutcome(post(gzip.compress(text)[:-4], "gzip"), 400)
        self.assertOutcome(post(gzip.compress(b" " * (200 << 20)), "gzip"), 413)
        self.assertLess(self.house.resident_mb(), 1500)
        image = {"resourceType": "Binary", "contentType": "image/png", "data": base64.b64encode(b"\0" * 5000).decode()}
        at = "/Binary/" + self.house.fhir("POST", "/Binary", image).json["id"]
        raw = self.get(at, Accept="image/png", Accept_Encoding="gzip")
        self.assertEqual((raw.status, raw.body), (200, b"\0" * 5000))
        self.assertNotIn("content-encoding", raw.headers)

    # ---- methods ----

    def test_5_options_and_head(self):
        for path, allow in (
            ("/metadata", "GET HEAD"),
            ("/Basic", "GET HEAD POST PUT PATCH DELETE"),
            ("/Basic/n", "GET HEAD PUT PATCH DELETE"),
            ("/Basic/_search", "POST"),
            ("/Basic/_history", "GET HEAD"),
            ("/_history", "GET HEAD"),
            ("/Basic/n/_history", "GET HEAD"),
            ("/Basic/n/_history/1", "GET HEAD"),
            ("/Basic/n/$meta-add", "POST"),
            ("/Patient/p/$everything", "GET HEAD POST"),
            ("/AuditEvent", "GET HEAD"),
            ("/AuditEvent/1", "GET HEAD"),
        ):
            answer = self.house.http("OPTIONS", "/fhir" + path, user=None)
            self.assertStatus(answer, 204)
            self.assertEqual(set(answer.headers["allow"].split(", ")), {*allow.split(), "OPTIONS"}, path)
            self.assertEqual("accept-patch" in answer.headers, "PATCH" in allow, path)
            refused = self.house.http("FLY", "/fhir" + path)
            self.assertOutcome(refused, 405, path)
            self.assertEqual(refused.headers["allow"], answer.headers["allow"])
        for path in ("/Nonsense", "/Basic/n/$fly", "/a/b/c/d/e/f/g"):
            self.assertOutcome(self.house.http("OPTIONS", "/fhir" + path, user=None), 404, path)
        self.assertEqual(self.house.fhir("PUT", "/AuditEvent/1", {}).headers["allow"], "GET, HEAD, OPTIONS")
        for path in (
            "/metadata",
            "/Basic",
            "/Basic/n",
            "/_history",
            "/Basic/n/_history",
            "/Basic/n/_history/1",
            "/Basic/none",
        ):
            full, head = self.get(path), self.house.http("HEAD", "/fhir" + path)
            self.assertEqual((head.status, head.body), (full.status, b""), path)
            for name in ("content-type", "content-length", "etag", "last-modified", "vary"):
                if path not in ("/metadata",) or name != "content-length":
                    self.assertEqual(head.headers.get(name), full.headers.get(name), (path, name))

    # ---- conditions ----

    def test_6_conditions(self):
        answer = self.get(self.at)
        etag, modified = answer.headers["etag"], answer.headers["last-modified"]
        at = email.utils.parsedate_to_datetime(modified)
        earlier, later = at.timestamp() - 10, at.timestamp() + 10
        for headers, status in (
            ({"If_None_Match": etag}, 304),
            ({"If_None_Match": etag[2:]}, 304),
            ({"If_None_Match": "*"}, 304),
            ({"If_None_Match": 'W/"7", "8" , ' + etag}, 304),
            ({"If_None_Match": 'W/"7"'}, 200),
            ({"If_None_Match": ""}, 200),
            ({"If_Modified_Since": modified}, 304),
            ({"If_Modified_Since": email.utils.formatdate(later, usegmt=True)}, 304),
            ({"If_Modified_Since": email.utils.formatdate(earlier, usegmt=True)}, 200),
            ({"If_Modified_Since": at.strftime("%A, %d-%b-%y %H:%M:%S GMT")}, 304),
            ({"If_Modified_Since": at.strftime("%a %b %e %H:%M:%S %Y")}, 304),
            ({"If_Modified_Since": "yesterday"}, 200),
            ({"If_Modified_Since": at.isoformat()}, 200),
            ({"If_None_Match": 'W/"7"', "If_Modified_Since": modified}, 200),
            ({"If_None_Match": etag, "If_Modified_Since": email.utils.formatdate(earlier, usegmt=True)}, 304),
        ):
            for path in (self.at, self.at + "/_history/1"):
                answer = self.get(path, **headers)
                self.assertStatus(answer, status)
                self.assertEqual(answer.headers["etag"], etag)
                self.assertEqual(answer.body == b"", status == 304)

        def put(**headers):
            more = {k.replace("_", "-"): v for k, v in headers.items()}
            return self.house.fhir("PUT", self.at, self.basic("n", str(time.time())), more)

        version = 1
        for headers, status in (
            ({"If_Match": 'W/"1"'}, 200),
            ({"If_Match": 'W/"1"'}, 412),
            ({"If_Match": '"7", W/"2"'}, 200),
            ({"If_Match": "*"}, 200),
            ({"If_Match": '"4"'}, 200),
            ({"If_Match": "nonsense"}, 412),
            ({"If_None_Match": "*"}, 412),
            ({"If_None_Match": 'W/"5"'}, 412),
            ({"If_None_Match": 'W/"9"'}, 200),
        ):
            answer = put(**headers)
            self.assertStatus(answer, status)
            version += status == 200
            if status != 200:
                self.assertOutcome(answer, 412)
        self.assertEqual(self.get(self.at).headers["etag"], 'W/"%d"' % version)
        new = {"If-None-Match": "*"}
        self.assertStatus(self.house.fhir("PUT", "/Basic/fresh", self.basic("fresh"), new), 201)
        self.assertStatus(self.house.fhir("PUT", "/Basic/fresh", self.basic("fresh"), new), 412)

    # ---- preferences ----

    def test_7_preferences(self):
        def post(*prefers):
            c = http.client.HTTPConnection("127.0.0.1", self.house.http_port)
            c.putrequest("POST", "/fhir/Basic")
            body = json.dumps(self.basic(text="p")).encode()
            login = base64.b64encode(("admin:" + houses.PASSWORD).encode()).decode()
            for name, value in (
                ("Authorization", "Basic " + login),
                ("Content-Type", "application/fhir+json"),
                ("Content-Length", str(len(body))),
                *(("Prefer", p) for p in prefers),
            ):
                c.putheader(name, value)
            c.endheaders(body)
            answer = houses.Answer(c.getresponse())
            c.close()
            self.assertStatus(answer, 201)
            return answer.headers.get("preference-applied"), answer.json["resourceType"] if answer.body else None

        for prefers, applied, resource in (
            ((), None, "Basic"),
            (("return=minimal",), "return=minimal", None),
            (("return=representation",), "return=representation", "Basic"),
            (("return=OperationOutcome",), "return=OperationOutcome", "OperationOutcome"),
            (("handling=lenient, return=minimal",), "return=minimal", None),
            (("handling=lenient", "return=minimal"), "return=minimal", None),
            (('foo; bar="x,y"', 'return="minimal"'), "return=minimal", None),
            (("return=minimal", "return=representation"), "return=minimal", None),
            (("RETURN=minimal",), "return=minimal", None),
            (("return=everything",), None, "Basic"),
        ):
            self.assertEqual(post(*prefers), (applied, resource), prefers)
        gone = self.house.fhir("DELETE", "/Basic/fresh", headers={"Prefer": "return=OperationOutcome"})
        self.assertEqual((gone.status, gone.json["resourceType"]), (200, "OperationOutcome"))
        for handling, status in (("strict", 400), ("lenient", 200), ("odd", 400)):
            answer = self.house.fhir("GET", "/Basic?nonsense=1", headers={"Prefer": "handling=" + handling})
            self.assertStatus(answer, status)
            if status == 200:
                self.assertEqual(answer.headers["preference-applied"], "handling=lenient")

    # ---- what no request may do ----

    def test_8_hostile_requests(self):
        deep = b"[" * 100000
        fhir = "application/fhir+json"
        for method, path, body, media_type, status in (
            ("POST", "/Basic", b"", fhir, 400),
            ("POST", "/Basic", b"{", fhir, 400),
            ("POST", "/Basic", b"null", fhir, 400),
            ("POST", "/Basic", b"[]", fhir, 400),
            ("POST", "/Basic", deep, fhir, 400),
            ("POST", "/Basic", b'{"resourceType":"Basic","code":' + b'{"extension":[' * 50000, fhir, 400),
            ("POST", "/Basic", b'{"resourceType":"Basic","code":{"text":"a\\u0000b"}}', fhir, (400, 422)),
            ("POST", "/Basic", b'{"resourceType":"Basic","code":{"text":"a\0b"}}', fhir, 400),
            ("POST", "/Basic", b'{"resourceType":"Basic","code":{"text":"a\xff\xfeb"}}', fhir, 400),
            ("POST", "/Basic", b'{"resourceType":"Basic","code":{"text":"\\ud800"}}', fhir, 400),
            ("POST", "/Basic", b'{"resourceType":"Basic","code":{},"code":{}}', fhir, 400),
            ("POST", "/Basic", b'{"resourceType":"Patient"}', fhir, 400),
            ("POST", "/Basic", b'{"resourceType":["Basic"]}', fhir, 400),
            (
                "POST",
                "/Basic",
                b"<!DOCTYPE a [<!ENTITY b 'c'>]><Basic xmlns='http://hl7.org/fhir'>&b;</Basic>",
                "text/xml",
                400,
            ),
            ("POST", "/Basic", b"<Basic xmlns='http://hl7.org/fhir'>" + b"<code>" * 50000, "text/xml", 400),
            ("POST", "/Basic", b"<a>\0</a>", "text/xml", 400),
            ("POST", "/Basic", b"x" * (17 << 20), fhir, 413),
            ("POST", "/Basic", b"x" * (33 << 20), fhir, 413),
            ("PUT", "/Basic/" + "x" * 65, b"{}", fhir, 404),
            ("PUT", "/Basic/a%2Fb", b"{}", fhir, 400),
            ("PUT", "/Basic/a%00b", b"{}", fhir, 400),
            ("POST", "/Basic/_search", b"code=%00", "application/x-www-form-urlencoded", 400),
            ("POST", "/Basic/_search", b"code=%zz", "application/x-www-form-urlencoded", 400),
            ("POST", "/Basic/_search", b"&".join([b"code=a"] * 10000), "application/x-www-form-urlencoded", 400),
            ("GET", "/Basic?_count=1000000000", None, None, 200),
            ("GET", "/Basic?_count=99999999999999999999", None, None, 400),
            ("GET", "/Basic?_count=-1", None, None, 400),
            ("GET", "/Basic?code=%00", None, None, 400),
            ("GET", "/Basic?code=%ff", None, None, 400),
            ("GET", "/Basic?code=%", None, None, 400),
            ("GET", "/Basic?_cursor=AAAA", None, None, 400),
            ("GET", "/Basic?" + "&".join(["_id=a"] * 1000), None, None, 400),
            ("GET", "/Observation?" + "subject:Patient.link:Patient." * 200 + "name=a", None, None, 400),
            ("GET", "/../../etc/passwd", None, None, 400),
            ("GET", "/%2e%2e/%2e%2e/etc/passwd", None, None, 400),
            ("GET", "/Basic/..%2f..%2fetc", None, None, 400),
            ("GET", "//Basic", None, None, 404),
            ("GET", "/Basic//n", None, None, 404),
            ("GET", "/Basic/n/", None, None, 404),
            ("GET", "/Basic/n/_history/", None, None, 404),
            ("GET", "/Basic/n/_history/0", None, None, 404),
            ("GET", "/Basic/n/_history/x", None, None, 404),
            ("GET", "/Basic/n/_history/99999999999999999999", None, None, 404),
            ("GET", "/basic/n", None, None, 404),
            ("GET", "/Basic\\n", None, None, 400),
            ("GET", "/Basic/" + "a" * 8000, None, None, 404),
            ("FLY", "/Basic", None, None, 405),
            ("TRACE", "/Basic", None, None, 405),
            ("DELETE", "/metadata", None, None, 404),
        ):
            headers = {"Content-Type": media_type} if media_type else {}
            where = (method, path[:80], (body or b"")[:60])
            try:
                answer = self.house.http(method, "/fhir" + path, body, headers)
            except OSError as fault:
                self.fail("%s: %s" % (where, fault))
            if status == 200:
                self.assertEqual(answer.status, 200, where)
            else:
                self.assertOutcome(answer, status, where)
        self.assertStatus(self.get(self.at), 200)

    def test_8b_options_tells_what_an_address_takes(self):
        addresses = (
            "/fhir /fhir/ /fhir/metadata /fhir/_history /fhir/_search /fhir/Basic /fhir/Basic/_search /fhir/Basic/no"
        )
        addresses += " /fhir/Basic/_history /fhir/Basic/no/_history /fhir/Basic/no/_history/1 /fhir/Patient/n/Basic"
        addresses += " /fhir/Patient/n/Basic/_search /fhir/AuditEvent /fhir/AuditEvent/1 /fhir/AuditEvent/_history"
        addresses += " /fhir/$meta /fhir/Basic/$meta /fhir/Basic/no/$meta-add /fhir/Basic/no/_history/1/$meta"
        addresses += " /fhir/r5/metadata /fhir/r5/ImagingStudy /fhir/r5/ImagingStudy/x /fhir/r5/ImagingSelection"
        addresses += " /fhir/r5/ImagingSelection/_search /fhir/r5/ImagingSelection/x/_history/1 /fhir/websocket"
        addresses += " /fhir/_export/x /fhir/_export/x/y /fhir/_async/x /dicom-web/studies /admin/api/session /metrics"
        addresses += " /health/live /health/ready / /ui/"
        methods = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"}
        for address in addresses.split():
            answer = self.house.http("OPTIONS", address, user=None)
            self.assertEqual((answer.status, answer.body), (204, b""), address)
            allowed = set(answer.headers["allow"].split(", "))
            self.assertIn("OPTIONS", allowed)
            for method in sorted(methods):
                status = self.house.http(method, address).status
                if method in allowed:
                    self.assertNotEqual(status, 405, (method, address))
                else:
                    self.assertIn(status, (400, 404, 405), (method, address))
        for address in ("/fhir/r5/Patient", "/fhir/Nonsense", "/fhir/$nonsense", "/nonsense"):
            self.assertStatus(self.house.http("OPTIONS", address, user=None), 404)
        whole = self.house.http("OPTIONS", "*", user=None)
        self.assertStatus(whole, 204)
        self.assertIn("PATCH", whole.headers["allow"])
        self.assertStatus(self.house.http("GET", "*"), 400)

    def raw(self, text):
        """The status of an answer to bytes, None when the connection just ends; what follows on it is dropped."""
        with socket.create_connection(("127.0.0.1", self.house.http_port), timeout=20) as s:
            s.sendall(text)
            got = b""
            try:
                while b"\r\n\r\n" not in got and (chunk := s.recv(65536)):
                    got += chunk
            except OSError:
                pass
            return int(got.split()[1]) if got.startswith(b"HTTP/1.1 ") else None

    def test_9_hostile_heads(self):
        head = b"GET /fhir/Basic HTTP/1.1\r\nHost: x\r\n"
        for text, statuses in (
            (head + b"X-Long: " + b"x" * 100000 + b"\r\n\r\n", (431, 400, 413)),
            (head + b"".join(b"X-%d: y\r\n" % i for i in range(20000)) + b"\r\n", (431, 400, 413, None)),
            (b"GET /fhir/" + b"x" * 100000 + b" HTTP/1.1\r\nHost: x\r\n\r\n", (414, 431, 400)),
            (b"GET /fhir/Ba\0sic HTTP/1.1\r\nHost: x\r\n\r\n", (400,)),
            (head + b"Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello", (400,)),
            (head + b"Content-Length: -1\r\n\r\n", (400,)),
            (head + b"Accept: " + b"*/*;q=0.1," * 2000 + b"\r\n\r\n", (401,)),
            (head + b"Prefer: " + b";" * 5000 + b"," * 5000 + b"\r\n\r\n", (401,)),
            (head + b"Authorization: Basic \xff\xfe\r\n\r\n", (400, 401)),
            (b"\0\0\0\0\r\n\r\n", (400, None)),
            (head + b"Cookie: " + b"a=b;" * 5000 + b"\r\n\r\n", (401, 431, 400, None)),
            (head.replace(b"Basic", b"Basic?" + b"a&" * 6000) + b"\r\n", (401,)),
        ):
            self.assertIn(self.raw(text), statuses, text[:80])
        headers = {"X-Long-%d" % i: "x" * 1000 for i in range(40)}
        self.assertOutcome(self.house.http("GET", "/fhir/Basic", headers=headers), 431)
        # one connection goes on after refusals that cost nothing
        c = http.client.HTTPConnection("127.0.0.1", self.house.http_port)
        login = "Basic " + base64.b64encode(("admin:" + houses.PASSWORD).encode()).decode()
        for path, status in (
            ("/fhir/..", 400),
            ("/fhir/Nonsense", 404),
            ("/fhir/Basic/n?_format=ttl", 406),
            ("/fhir" + self.at, 200),
        ):
            c.request("GET", path, headers={"Authorization": login})
            answer = houses.Answer(c.getresponse())
            self.assertEqual(answer.status, status, path)
            if status == 400:
                self.assertOutcome(answer, 400)
        c.close()


if __name__ == "__main__":
    story.main()
