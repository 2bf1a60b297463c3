"""DICOM nodes: registered, imported, called; what each may use, over TLS with its own certificate, as which person."""

import json
import os
import pathlib
import subprocess
import sys
import time

TREE = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(TREE / "tests" / "support"))

import account  # noqa: E402
import authority  # noqa: E402
import dicom  # noqa: E402
import house as houses  # noqa: E402
import story  # noqa: E402

MR = "1.2.840.10008.5.1.4.1.1.4"
JPEG_LS = "1.2.840.10008.1.2.4.80"
WORKLIST = "1.2.840.10008.5.1.4.31"

ORTHANC = """// Orthanc's configuration, with comments
{
  "Name" : "MyOrthanc", /* "DicomModalities" : {} */
  "DicomCheckModalityHost" : true,
  "DicomModalities" : {
    "ct" : [ "CT_OLD", "192.0.2.11", 104, "GenericNoWildcardInDates" ],
    "pacs" : { "AET" : "OLD_PACS", "Host" : "pacs.example.org", "Port" : 11112, "UseDicomTls" : true,
               "AllowStore" : false, "AllowFindWorklist" : false }
  }
}
"""

LDIF = """version: 1
dn: dicomDeviceName=mr7,cn=Devices,cn=DICOM Configuration,dc=example,dc=org
objectClass: dicomDevice
dicomDeviceName: mr7

dn: dicomTransferCapabilityName=a,dicomAETitle=MR7,dicomDeviceName=mr7,cn=Devices,
 cn=DICOM Configuration,dc=example,dc=org
objectClass: dicomTransferCapability
dicomSOPClass: 1.2.840.10008.5.1.4.1.1.4
dicomTransferRole: SCU
dicomTransferSyntax: 1.2.840.10008.1.2.1

dn: cn=dicom,dicomDeviceName=mr7,cn=Devices,cn=DICOM Configuration,dc=example,dc=org
objectClass: dicomNetworkConnection
cn: dicom
dicomHostname:: bXI3LmV4YW1wbGUub3Jn
dicomPort: 11117

dn: dicomAETitle=MR7,dicomDeviceName=mr7,cn=Devices,cn=DICOM Configuration,dc=example,dc=org
objectClass: dicomNetworkAE
dicomAETitle: MR7
dicomNetworkConnectionReference: cn=dicom,dicomDeviceName=mr7,cn=Devices,cn=DICOM Configuration,dc=example,dc=org
"""


class Node:
    """DCMTK's storescp."""

    def __init__(self, port, *options):
        self.process = subprocess.Popen(
            ["storescp", "--ignore", *map(str, options), str(port)],
            env=account.environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(10)


class Peers(story.Story):
    profile = "production"

    def command(self, *argv):
        return self.house.command("peer", *argv, "--config", self.house.conf)

    def must(self, *argv):
        done = self.command(*argv)
        self.assertEqual(done.returncode, 0, done.stderr)
        return done.stdout

    def fails(self, *argv, says=""):
        done = self.command(*argv)
        self.assertEqual(done.returncode, 1, done.stdout)
        self.assertIn(says, done.stderr)

    def listed(self, name):
        return json.loads(self.must("list", name))

    def refused(self):
        return self.house.audit_events("REFUSED")

    def image(self, name, **more):
        uid = dicom.uid_of("peers", name)
        return dicom.make_ct(self.folder / (name + ".dcm"), uid, uid + ".1", uid + ".1.1", **more)

    # ---- the table ----

    def test_10_commands(self):
        self.must("add", "AE", "CT1", "--role", "MODALITY", "host=127.0.0.1", "port=11112", "rate=50")
        row = self.listed("CT1")[0]
        self.assertEqual((row["kind"], row["roles"], row["settings"]["port"]), ("AE", ["MODALITY"], 11112))
        self.must("set", "AE", "CT1", "rate=0", "duplicates=keep", "character_set=ISO_IR 100")
        settings = self.listed("CT1")[0]["settings"]
        self.assertEqual((settings["rate"], settings["duplicates"], settings["host"]), (0, "keep", "127.0.0.1"))
        self.assertNotIn("frame_max", settings)
        self.fails("set", "AE", "CT1", "frame_max=5000", says="frame_max")
        self.fails("set", "AE", "CT1", "duplicates=burn", says="duplicates")
        self.fails("set", "AE", "CT1", "host=", says="host")
        self.fails("add", "AE", "CT1", "--address", "10.0.0.0/8", "--role", "MODALITY", "host=b", "port=1")
        self.assertEqual(len(self.listed("CT1")), 1)
        self.fails("remove", "AE", "NOBODY", says="no peer")
        self.must("add", "AE", "GONE", "--role", "MODALITY")
        self.must("remove", "AE", "GONE")
        self.assertEqual(self.listed("GONE"), [])
        changes = [e["request"] for e in self.house.audit_events("ADMIN_CHANGE")]
        self.assertEqual(changes[-3:], ["peer set", "peer add", "peer remove"])

    def test_11_admin_api(self):
        peer = {"kind": "AE", "name": "API1", "roles": "WORKSTATION", "settings": {"host": "h", "port": 104, "tls": 1}}
        self.assertStatus(self.house.http("PUT", "/admin/api/peers", peer), 204)
        items = self.house.http("GET", "/admin/api/peers?name=API1").json["items"]
        self.assertEqual([(i["settings"]["port"], i["settings"]["tls"]) for i in items], [(104, 1)])
        wrong = {**peer, "settings": {"port": 70000}}
        self.assertStatus(self.house.http("PUT", "/admin/api/peers", wrong), 400)
        self.assertStatus(self.house.http("DELETE", "/admin/api/peers?kind=AE&name=API1"), 204)
        self.assertStatus(self.house.http("DELETE", "/admin/api/peers?kind=AE&name=API1"), 404)

    def test_12_import(self):
        for name, text in (
            ("orthanc.json", ORTHANC),
            ("mr7.ldif", LDIF),
            ("empty.json", "{}"),
            ("bad.ldif", "hello\n"),
        ):
            (self.house.root / name).write_text(text)
        self.assertIn("any address", self.must("import", self.house.root / "orthanc.json"))
        ct, pacs = self.listed("CT_OLD")[0], self.listed("OLD_PACS")[0]
        self.assertEqual(
            (ct["address"], ct["settings"]["host"], ct["settings"]["port"]), ("192.0.2.11/32", "192.0.2.11", 104)
        )
        self.assertEqual((pacs["address"], pacs["roles"], pacs["settings"]["tls"]), ("", ["WORKSTATION"], 1))
        self.must("import", self.house.root / "mr7.ldif")
        mr = self.listed("MR7")[0]
        self.assertEqual(
            (mr["roles"], mr["settings"]["host"], mr["settings"]["port"]), (["MODALITY"], "mr7.example.org", 11117)
        )
        self.assertEqual(mr["settings"]["sop_classes"], "1.2.840.10008.1.1,1.2.840.10008.5.1.4.1.1.4")
        self.fails("import", self.house.root / "empty.json", says="no DICOM node")
        self.fails("import", self.house.root / "bad.ldif")

    def test_13_echo(self):
        port = houses.free_ports(1)[0]
        self.must("add", "AE", "NODE", "--role", "WORKSTATION", "host=127.0.0.1", "port=%d" % port)
        self.fails("echo", "NODE", says="NODE")
        self.fails("echo", "NOBODY", says="no DICOM node")
        with Node(port, "-aet", "NODE"):
            houses.wait_for("the node", lambda: self.command("echo", "NODE").returncode == 0)
            answer = self.house.http("POST", "/admin/api/dicom/peers/NODE/echo")
            self.assertStatus(answer, 200)
            self.assertEqual(answer.json["host"], "127.0.0.1")
        self.assertStatus(self.house.http("POST", "/admin/api/dicom/peers/NODE/echo"), 503)
        self.assertStatus(self.house.http("POST", "/admin/api/dicom/peers/NOBODY/echo"), 404)

    # ---- what a node may use ----

    def test_20_sop_classes_and_syntaxes(self):
        self.must(
            "add",
            "AE",
            "NARROW",
            "--role",
            "MODALITY",
            "sop_classes=VerificationSOPClass,CT*",
            "transfer_syntaxes=Little*,1.2.840.10008.1.2.4.5*",
        )
        before = len(self.refused())
        asked = [
            (dicom.CT, dicom.EXPLICIT_LE),
            (MR, dicom.EXPLICIT_LE),
            (dicom.CT, JPEG_LS),
            (WORKLIST, dicom.EXPLICIT_LE),
            (dicom.CT, "1.2.840.10008.1.2.4.50"),
        ]
        with dicom.Caller(self.house.dicom_port, asked, "NARROW") as c:
            self.assertEqual(c.results, {0: 0, 1: 1, 2: 4, 3: 1, 4: 0})
            uid = dicom.uid_of("peers", "narrow")
            elements = dicom.ct_elements(uid, uid + ".1", uid + ".1.1")
            self.assertEqual(c.store(0, uid + ".1.1", dicom.dataset(elements)), 0)
            elements[0x00080016] = ("UI", MR)
            self.assertEqual(c.store(0, uid + ".1.2", dicom.dataset(elements), MR), 0x0124)
        houses.wait_for("an alert", lambda: len(self.refused()) > before)
        alert = self.refused()[before]
        self.assertEqual(alert["who"]["name"], "NARROW")
        self.assertIn(MR, alert["detail"])
        self.assertIn(MR, self.house.log_text())

    def test_21_associations_at_once(self):
        self.must("add", "AE", "ONE", "--role", "MODALITY", "connections=1")
        with dicom.Caller(self.house.dicom_port, [(dicom.CT, dicom.EXPLICIT_LE)], "ONE") as first:
            self.assertEqual(first.kind, 2)
            with dicom.Caller(self.house.dicom_port, [(dicom.CT, dicom.EXPLICIT_LE)], "ONE") as second:
                self.assertEqual(second.kind, 3)
        houses.wait_for("a free place", lambda: self.house.peer("ONE").echo().returncode == 0)

    def test_22_commands_a_second(self):
        self.must("add", "AE", "SLOW", "--role", "MODALITY", "rate=4")
        paths = [self.image("slow%d" % i) for i in range(5)]
        began = time.monotonic()
        self.house.store(*paths, calling="SLOW")
        self.assertGreater(time.monotonic() - began, 0.9)

    def test_23_titles_and_addresses(self):
        before = len(self.refused())
        self.must("add", "AE", "FAR", "--role", "MODALITY", "--address", "192.0.2.0/24")
        for calling, called in (("FAR", None), ("STRANGER", None), ("CT1", "WRONG")):
            self.assertNotEqual(self.house.peer(calling, called).echo().returncode, 0)
        self.assertEqual(len(self.refused()), before + 3)


class Secure(story.Story):
    profile = "production"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        tls = cls.house.root / "tls"
        tls.mkdir()
        os.chmod(tls, 0o755)
        cls.ca, cls.stranger = authority.Authority(tls, "clinic-ca"), authority.Authority(tls, "stranger-ca")
        cls.own = cls.ca.issue("isocentre", "isocentre.example.org")
        cls.ct, cls.mr = cls.ca.issue("ct", "ct.example.org"), cls.ca.issue("mr", "mr.example.org")
        cls.fake = cls.stranger.issue("ct-fake", "ct.example.org")
        for key in (cls.ct[1], cls.mr[1], cls.fake[1]):
            os.chmod(key, 0o644)
        cls.port = houses.free_ports(1)[0]
        cls.house.write_conf(
            **{
                "dicom.tls_port": cls.port,
                "dicom.tls_certificate": str(cls.own[0]),
                "dicom.tls_key": str(cls.own[1]),
                "dicom.tls_ca": str(cls.ca.certificate),
            }
        )
        for name, pairs in (
            ("CT1", ["certificate=subject:CN=ct,O=Clinic"]),
            ("MR1", ["certificate=dns:mr.example.org"]),
            ("OPEN", []),
            ("SAFE", ["tls=1"]),
        ):
            cls.house.must(
                "peer", "add", "AE", name, "--role", "MODALITY,WORKSTATION", *pairs, "--config", cls.house.conf
            )
        cls.house.add_user("rita", "RADIOGRAPHER")
        cls.house.restart()

    def secure(self, own=None, ca=None):
        pair = own or self.ct
        return ["+tls", pair[1], pair[0], "+cf", (ca or self.ca).certificate]

    def call(self, calling="CT1", options=(), port=None, name=None):
        uid = dicom.uid_of("secure", name or calling)
        path = dicom.make_ct(self.folder / "secure.dcm", uid, uid + ".1", uid + ".1.1")
        return dicom.Peer(port or self.port, calling=calling).store(path, options=options)

    def stored(self, name):
        return len(self.house.sql("SELECT 1 FROM study WHERE study_uid = '%s'" % dicom.uid_of("secure", name)))

    def test_1_mutual_tls(self):
        for calling, own in (("CT1", self.ct), ("MR1", self.mr)):
            done = self.call(calling, self.secure(own))
            self.assertEqual(done.returncode, 0, done.stdout)
            self.assertEqual(self.stored(calling), 1)
        self.assertEqual(
            dicom.tool(
                "echoscu", *self.secure(), "-aet", "CT1", "-aec", "ISOCENTRE", "127.0.0.1", self.port
            ).returncode,
            0,
        )

    def test_2_a_certificate_speaks_for_its_node_only(self):
        before = len(self.house.audit_events("REFUSED"))
        for calling, own in (("CT1", self.mr), ("MR1", self.ct), ("OPEN", self.ct)):
            self.assertNotEqual(self.call(calling, self.secure(own), name="stolen").returncode, 0)
        for calling in ("CT1", "SAFE"):  # the plain port shows no certificate
            self.assertNotEqual(self.call(calling, port=self.house.dicom_port, name="stolen").returncode, 0)
        self.assertEqual(self.call("OPEN", port=self.house.dicom_port).returncode, 0)
        self.assertEqual(len(self.house.audit_events("REFUSED")), before + 5)
        self.assertEqual(self.stored("stolen"), 0)

    def test_3_strangers_and_old_versions(self):
        before = len(self.house.audit_events("BAD_INPUT"))
        for options in (self.secure(self.fake), ["+tla", "+cf", self.ca.certificate], []):
            self.assertNotEqual(self.call("CT1", options, name="stranger").returncode, 0)
        houses.wait_for("three in the trail", lambda: len(self.house.audit_events("BAD_INPUT")) >= before + 3)
        self.assertNotEqual(self.call("CT1", self.secure(ca=self.stranger), name="stranger").returncode, 0)
        for version in ("-tls1", "-tls1_1"):
            done = subprocess.run(
                ["openssl", "s_client", version, "-cipher", "ALL@SECLEVEL=0", "-connect", "127.0.0.1:%d" % self.port],
                stdin=subprocess.DEVNULL,
                capture_output=True,
                timeout=30,
            )
            self.assertNotEqual(done.returncode, 0)
        self.assertEqual(self.stored("stranger"), 0)

    def test_4_user_identity(self):
        login = ["-usr", "rita", "-pwd", houses.PASSWORD, "-rsp"]
        before = len(self.house.audit_events("REFUSED"))
        self.assertNotEqual(self.call("OPEN", login, self.house.dicom_port, "clear").returncode, 0)
        done = self.call("CT1", [*self.secure(), *login], name="login")
        self.assertEqual(done.returncode, 0, done.stdout)
        wrong = ["-usr", "rita", "-pwd", "not-her-password"]
        self.assertNotEqual(self.call("CT1", [*self.secure(), *wrong], name="wrong").returncode, 0)
        (self.folder / "token").write_text("x.y.z")
        for kind in ("--jwt", "--saml", "-kt"):
            self.assertNotEqual(
                self.call("CT1", [*self.secure(), kind, self.folder / "token"], name="token").returncode, 0
            )
        self.assertEqual(self.call("OPEN", ["-usr", "rita"], self.house.dicom_port, "name").returncode, 0)
        self.assertEqual(len(self.house.audit_events("REFUSED")), before + 5)
        self.assertEqual([self.stored(n) for n in ("clear", "login", "wrong", "token", "name")], [0, 1, 0, 0, 1])
        self.assertNotIn(houses.PASSWORD, self.house.log_text())

    def test_5_a_person_may_not_do_more_here_than_elsewhere(self):
        self.house.add_user("carl", "COMPLIANCE")
        done = self.call("CT1", [*self.secure(), "-usr", "carl", "-pwd", houses.PASSWORD], name="carl")
        self.assertEqual(self.stored("carl"), 0, done.stdout)

    def test_7_callers_without_a_certificate_by_option(self):
        anonymous = ["+tla", "+cf", self.ca.certificate]
        self.house.restart(sets=["dicom.tls_client=optional"])
        done = self.call("SAFE", anonymous)
        self.assertEqual((done.returncode, self.stored("SAFE")), (0, 1), done.stdout)
        self.assertNotEqual(self.call("CT1", anonymous, name="anonymous").returncode, 0)
        self.assertNotEqual(self.call("OPEN", self.secure(self.fake), name="anonymous").returncode, 0)
        self.assertEqual(self.stored("anonymous"), 0)

    def test_6_calling_over_tls(self):
        port = houses.free_ports(1)[0]
        echo = lambda: self.house.command("peer", "echo", "NODE", "--config", self.house.conf)  # noqa: E731
        put = lambda *pairs: self.house.must(
            "peer", "set", "AE", "NODE", *pairs, "--config", self.house.conf
        )  # noqa: E731
        self.house.must(
            "peer",
            "add",
            "AE",
            "NODE",
            "--role",
            "WORKSTATION",
            "host=127.0.0.1",
            "port=%d" % port,
            "tls=1",
            "--config",
            self.house.conf,
        )
        with Node(port, "-aet", "NODE", *self.secure(self.mr)):
            houses.wait_for("the node", lambda: echo().returncode == 0)
            put("certificate=dns:mr.example.org")
            self.assertEqual(echo().returncode, 0)
            put("certificate=dns:ct.example.org")
            self.assertIn("another certificate", echo().stderr)
            put("certificate=", "tls=0")
            self.assertNotEqual(echo().returncode, 0)
            put("tls=1")
        with Node(port, "-aet", "NODE", *self.secure(self.fake)):
            time.sleep(0.5)
            self.assertNotEqual(echo().returncode, 0)


class Keeper:
    """DCMTK's storescp that keeps what it gets; started and stopped at will on one port."""

    def __init__(self, folder, title):
        self.folder, self.title, self.port = folder, title, houses.free_ports(1)[0]
        folder.mkdir()
        os.chmod(folder, 0o777)
        self.process = None

    def start(self, *options):
        self.process = subprocess.Popen(
            ["storescp", "-aet", self.title, "+B", "-od", str(self.folder), *options, str(self.port)],
            env=account.environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        return self

    def stop(self):
        if self.process:
            self.process.terminate()
            self.process.wait(10)
        self.process = None

    def files(self):
        return sorted(self.folder.iterdir())


class Sending(story.Story):
    options = {"dicom.retry_max_seconds": 1, "dicom.senders": 2}

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.pacs, cls.view = Keeper(cls.folder / "pacs", "PACS"), Keeper(cls.folder / "view", "VIEW")
        for node in (cls.pacs, cls.view):
            cls.command(
                "peer", "add", "AE", node.title, "--role", "WORKSTATION", "host=127.0.0.1", "port=%d" % node.port
            )
        cls.archive = cls.start_archive()

    @classmethod
    def tearDownClass(cls):
        for process in (cls.pacs, cls.view):
            process.stop()
        cls.archive.terminate()
        cls.archive.wait(10)
        super().tearDownClass()

    @classmethod
    def command(cls, *argv):
        return cls.house.must(*argv, "--config", cls.house.conf).stdout

    @classmethod
    def start_archive(cls):
        """DCMTK's dcmqrscp with one study, which may send to us."""
        port = houses.free_ports(1)[0]
        store = cls.folder / "qr"
        store.mkdir()
        conf = cls.folder / "qr.cfg"
        conf.write_text(
            "NetworkTCPPort = %d\nMaxPDUSize = 16384\nMaxAssociations = 16\nHostTable BEGIN\n"
            "us = (ISOCENTRE, 127.0.0.1, %d)\nHostTable END\nVendorTable BEGIN\nVendorTable END\n"
            "AETable BEGIN\nOLD %s RW (200, 1024mb) ANY\nAETable END\n" % (port, cls.house.dicom_port, store)
        )
        process = subprocess.Popen(
            ["dcmqrscp", "-c", str(conf)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        cls.command("peer", "add", "AE", "OLD", "--role", "MODALITY,WORKSTATION", "host=127.0.0.1", "port=%d" % port)
        cls.old = dicom.uid_of("archive")
        paths = dicom.make_study(cls.folder / "old", cls.old, images=3, patient_id="OLD1", patient_name="Old^Olga")
        peer = dicom.Peer(port, called="OLD")
        houses.wait_for("dcmqrscp", lambda: peer.store(*paths).returncode == 0)
        return process

    def study(self, name, images=3, calling="CT1", **more):
        uid = dicom.uid_of("sending", name)
        self.house.store(*dicom.make_study(self.folder / name, uid, images=images, **more), calling=calling)
        return uid

    def sends(self, **keys):
        query = "&".join("%s=%s" % pair for pair in keys.items())
        return self.house.http("GET", "/admin/api/dicom/sends?" + query).json["items"]

    def last(self, outcome, **keys):
        return houses.wait_for(outcome, lambda: [s for s in self.sends(**keys)[:1] if s["outcome"] == outcome])[0]

    def bytes_of(self, path):
        raw = path.read_bytes()
        return raw[144 + int.from_bytes(raw[140:144], "little") :]

    def test_1_a_study_is_sent_as_it_is(self):
        uid = self.study("one")
        answer = self.house.http("POST", "/admin/api/dicom/peers/PACS/send", {"study": uid})
        self.assertStatus(answer, 202)
        self.assertEqual(answer.json["instances"], 3)
        houses.wait_for("an attempt in vain", lambda: self.sends()[0]["attempts"] > 0)
        self.pacs.start()
        send = self.last("sent", node="PACS")
        self.assertEqual((send["total"], send["completed"], send["failed"], send["askedBy"]), (3, 3, 0, "admin"))
        sent = sorted(self.bytes_of(p) for p in self.pacs.files())
        self.assertEqual(sent, sorted(self.bytes_of(p) for p in (self.folder / "one").iterdir()))
        self.assertIn(
            'isocentre_dicom_sent_total{outcome="sent"} 3', self.house.http("GET", "/metrics").text, "DICOM_SENT"
        )
        event = self.house.audit_events("INSTANCE_SEND")[-1]
        self.assertEqual((event["study"], event["count"]), (uid, 3))
        self.command("dicom", "send", "PACS", uid, dicom.uid_of(uid, 1), dicom.uid_of(uid, 1, 2))
        self.assertEqual(self.last("sent", node="PACS")["total"], 1)
        for ae, study, status in (("NOBODY", uid, 404), ("PACS", "1.2.3", 404), ("PACS", "no uid", 400)):
            self.assertStatus(self.house.http("POST", "/admin/api/dicom/peers/%s/send" % ae, {"study": study}), status)

    def test_2_by_rule_and_tried_out_before(self):
        self.view.start()
        self.assertStatus(
            self.house.http(
                "PUT",
                "/admin/api/dicom/routes/heads",
                {"destination": "VIEW", "study_description": "CT h*", "calling_ae": "CT7,CT8"},
            ),
            204,
        )
        self.assertStatus(self.house.http("PUT", "/admin/api/dicom/routes/x", {"destination": "NOBODY"}), 404)
        self.assertStatus(
            self.house.http("PUT", "/admin/api/dicom/routes/x", {"destination": "VIEW", "colour": "red"}), 400
        )
        self.command("dicom", "route", "put", "off", "destination=VIEW", "enabled=0")
        rules = json.loads(self.command("dicom", "route", "list"))
        self.assertEqual([(r["name"], r["enabled"]) for r in rules], [("heads", True), ("off", False)])
        self.assertEqual(len(self.house.http("GET", "/admin/api/dicom/routes").json["items"]), 2)
        time.sleep(2.5)  # another process made one of them: the memory of listeners is that old at most
        other, uid = self.study("ct1", calling="CT1"), self.study("ct7", images=5, calling="CT7")
        self.assertEqual(json.loads(self.command("dicom", "route", "try", other)), [])
        due = [{"rule": "heads", "destination": "VIEW", "instances": 5}]
        self.assertEqual(self.house.http("GET", "/admin/api/dicom/routes/try?study=" + uid).json["items"], due)
        houses.wait_for("five at the node", lambda: len(self.view.files()) == 5)
        houses.wait_for("the sends' end", lambda: {s["outcome"] for s in self.sends(node="VIEW")} == {"sent"})
        self.assertEqual({(s["rule"], s["study"]) for s in self.sends(node="VIEW")}, {("heads", uid)})
        self.assertEqual(sum(s["completed"] for s in self.sends(node="VIEW")), 5)
        self.assertStatus(self.house.http("DELETE", "/admin/api/dicom/routes/heads"), 204)
        self.command("dicom", "route", "remove", "off")
        self.assertStatus(self.house.http("DELETE", "/admin/api/dicom/routes/heads"), 404)

    def test_3_what_a_node_does_not_take(self):
        uid = dicom.uid_of("sending", "odd")
        elements = dicom.ct_elements(uid, uid + ".1", uid + ".1.1")
        with dicom.Caller(self.house.dicom_port, [(dicom.CT, "1.2.840.10008.1.2.4.201")]) as c:
            self.assertEqual(c.store(0, uid + ".1.1", dicom.dataset(elements)), 0)
        self.command("dicom", "send", "PACS", uid)
        send = self.last("failed", node="PACS")
        self.assertEqual((send["completed"], send["failed"]), (0, 1))
        self.assertIn(uid + ".1.1", send["reason"])
        self.assertStatus(self.house.http("POST", "/admin/api/dicom/sends/%s/again" % send["send"]), 202)
        self.assertEqual(self.last("failed", node="PACS")["send"], send["send"])
        self.assertStatus(self.house.http("POST", "/admin/api/dicom/sends/1/again"), 404)

    def test_3b_paused_and_discarded(self):
        post = lambda path: self.house.http("POST", path).status  # noqa: E731
        before = len(self.pacs.files())
        self.assertEqual(
            (post("/admin/api/dicom/peers/PACS/pause"), post("/admin/api/dicom/peers/NOBODY/pause")), (202, 404)
        )
        self.command("dicom", "send", "PACS", self.study("unwanted"))
        self.command("dicom", "send", "PACS", self.study("wanted", images=2))
        time.sleep(1.5)
        first, second = self.sends(node="PACS")[1::-1]
        self.assertEqual((first["outcome"], second["outcome"], len(self.pacs.files())), ("queued", "queued", before))
        self.assertEqual([post("/admin/api/dicom/sends/%s/discard" % first["send"]) for _ in range(2)], [202, 404])
        self.assertEqual(post("/admin/api/dicom/peers/PACS/resume"), 202)
        self.assertEqual(self.last("sent", node="PACS")["send"], second["send"])
        self.assertEqual(len(self.pacs.files()), before + 2)
        self.assertEqual(self.sends(outcome="discarded")[0]["send"], first["send"])

    def test_4_killed_between_answer_and_commit(self):
        uid = self.study("killed", images=4)
        self.house.restart(failpoint="dicom.out.answered=kill:1")
        try:
            self.house.http("POST", "/admin/api/dicom/peers/PACS/send", {"study": uid})
        except OSError:
            pass
        self.house.wait_dead()
        before = len(self.pacs.files())
        self.house.start()
        houses.wait_for("it to be sent again", lambda: self.sends(node="PACS")[0]["outcome"] == "sent", seconds=90)
        self.assertEqual(len(self.pacs.files()), before)
        self.assertEqual(self.sends(node="PACS")[0]["completed"], 4)

    def test_5_bandwidth(self):
        uid = self.study("slow", images=8, size=256)  # 8 × 128 KiB
        self.command("peer", "set", "AE", "PACS", "bandwidth=400")
        began = time.monotonic()
        self.command("dicom", "send", "PACS", uid)
        self.last("sent", node="PACS")
        self.assertGreater(time.monotonic() - began, 2)

    def test_6_asking_another_archive(self):
        found = json.loads(
            self.command("dicom", "find", "OLD", "STUDY", "PatientID=OLD*", "PatientName=", "StudyInstanceUID=")
        )
        self.assertEqual([f["0020000D"]["Value"] for f in found], [[self.old]])
        answer = self.house.http(
            "POST",
            "/admin/api/dicom/peers/OLD/find",
            {"level": "IMAGE", "keys": {"StudyInstanceUID": self.old, "SeriesInstanceUID": "", "00080018": ""}},
        )
        self.assertStatus(answer, 200)
        self.assertEqual(len(answer.json), 3)
        wrong = {"level": "STUDY", "keys": {"NoSuchKeyword": "1"}}
        self.assertStatus(self.house.http("POST", "/admin/api/dicom/peers/OLD/find", wrong), 400)

    def test_7_moving_and_fetching(self):
        moved = self.command(
            "dicom", "move", "OLD", "ISOCENTRE", self.old, dicom.uid_of(self.old, 1), dicom.uid_of(self.old, 1, 1)
        )
        self.assertIn("1 completed", moved)
        count = lambda: self.house.sql(
            "SELECT instance_count FROM study WHERE study_uid = '%s'" % self.old
        )  # noqa: E731
        self.assertEqual(count(), [["1"]])
        answer = self.house.http(
            "POST", "/admin/api/dicom/peers/OLD/move", {"study": self.old, "destination": "NOWHERE"}
        )
        self.assertEqual((answer.status, answer.json["status"]), (200, "A801"))
        self.assertStatus(self.house.http("POST", "/admin/api/dicom/peers/OLD/get", {"study": self.old}), 202)
        houses.wait_for("the whole study", lambda: count() == [["3"]])
        event = self.house.audit_events("INSTANCE_STORE")[-1]
        self.assertEqual((event["who"]["name"], event["study"]), ("OLD", self.old))
        self.command("dicom", "get", "OLD", self.old)
        houses.wait_for(
            "the job",
            lambda: self.house.sql("SELECT count(*) FROM job WHERE name = 'DICOM_GET' AND state <> 'done'") == [["0"]],
        )


story.main()
