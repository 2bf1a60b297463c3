"""Who may do what: local users, LDAP users against a real slapd, roles, sessions, peers."""

import pathlib
import shutil
import subprocess
import sys
import tempfile

TREE = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(TREE / "tests" / "support"))

import account  # noqa: E402
import dicom  # noqa: E402
import hl7  # noqa: E402
import house as houses  # noqa: E402
import story  # noqa: E402

HEADERS = {"X-Requested-With": "isocentre"}


class Roles(story.Story):
    profile = "production"

    def status(self, user, method, path, body=None, headers=None):
        return self.house.http(method, path, body, headers, user=user).status

    def test_1_deny_by_default(self):
        for login, role in (
            ("rad", "RADIOLOGIST"),
            ("graph", "RADIOGRAPHER"),
            ("officer", "COMPLIANCE"),
            ("boss", "ARCHIVE_ADMIN"),
            ("ris", "RIS"),
            ("eye", "MONITOR"),
            ("view", "WORKSTATION"),
            ("ct", "MODALITY"),
        ):
            self.house.add_user(login, role)
        patient = {"resourceType": "Patient"}
        allowed = {
            "/fhir/Patient": {"rad", "graph", "ris", "view", "admin"},
            "/admin/api/audit": {"officer", "admin"},
            "/fhir/AuditEvent": {"officer", "admin"},
            "/metrics": {"boss", "eye", "admin"},
            "/admin/api/messages": {"admin"},
            "/admin/api/worklist": {"rad", "graph", "ct", "admin"},
            "/dicom-web/studies": {"rad", "graph", "view", "admin"},
        }
        for path, who in allowed.items():
            for login in ("rad", "graph", "officer", "boss", "ris", "eye", "view", "ct", "admin"):
                status = self.status(login, "GET", path)
                self.assertEqual(
                    200 if status == 204 else status, 200 if login in who else 403, "%s %s" % (login, path)
                )
        for login, status in (
            ("rad", 201),
            ("ris", 201),
            ("graph", 403),
            ("officer", 403),
            ("boss", 403),
            ("view", 403),
        ):
            self.assertEqual(self.status(login, "POST", "/fhir/Patient", patient), status, login)
        refused = [e for e in self.house.audit_events("REFUSED") if e["who"].get("name") == "boss"]
        self.assertGreater(len(refused), 3)

    def test_2_sessions(self):
        signed = self.house.http(
            "POST", "/admin/api/session", {"user": "admin", "password": houses.PASSWORD}, HEADERS, user=None
        )
        self.assertStatus(signed, 200)
        cookie = signed.headers["set-cookie"]
        self.assertIn("HttpOnly", cookie)
        self.assertIn("SameSite=Strict", cookie)
        with_cookie = {"Cookie": cookie.split(";")[0]}
        self.assertEqual(
            self.house.http("GET", "/admin/api/session", headers=with_cookie, user=None).json["name"], "admin"
        )
        forged = self.house.http("DELETE", "/admin/api/session", headers=with_cookie, user=None)
        self.assertEqual(forged.status, 403)  # a foreign page cannot send the header
        out = self.house.http("DELETE", "/admin/api/session", headers={**with_cookie, **HEADERS}, user=None)
        self.assertStatus(out, 204)
        self.assertEqual(self.house.http("GET", "/admin/api/session", headers=with_cookie, user=None).status, 401)
        wrong = self.house.http("POST", "/admin/api/session", {"user": "admin", "password": "no"}, HEADERS, user=None)
        self.assertEqual(wrong.status, 401)
        tried = [e["who"].get("name") for e in self.house.audit_events("LOGIN") if e["outcome"]]
        self.assertEqual(tried, ["admin"], "a failed sign-in names who was tried")
        no_page = self.house.http(
            "POST", "/admin/api/session", {"user": "eye", "password": houses.PASSWORD}, HEADERS, user=None
        )
        self.assertEqual(no_page.status, 403, "a role without the permission SESSION has no session")
        kinds = [e["kind"] for e in self.house.audit_events()]
        self.assertIn("LOGIN", kinds)
        self.assertIn("LOGOUT", kinds)

    def test_3_unknown_peers_are_refused(self):
        order = hl7.order("P1", hl7.pid("P1", "Doe^Jane"), "P1", study_uid=dicom.uid_of("P1"))
        self.assertAck(self.house.send(order), "AR")
        self.assertNotEqual(self.house.peer("STRANGER").echo().returncode, 0)
        self.house.add_peer("HL7", "RIS|CLINIC", "RIS")
        self.house.add_peer("AE", "CT1", "MODALITY")
        self.assertAck(self.house.send(order), "AA")
        self.assertEqual(self.house.peer("CT1").echo().returncode, 0)
        self.assertNotEqual(self.house.peer("CT1", called="OTHER").echo().returncode, 0)
        self.assertEqual(len(self.house.peer("CT1").worklist(AccessionNumber="P1")), 1)
        answers, done = self.house.peer("CT1").find(["QueryRetrieveLevel=STUDY", "StudyInstanceUID"], model="-S")
        self.assertEqual(answers, [])  # a modality may not query studies
        self.assertIn("0x124", done.stdout)


class Directory(story.Story):
    """Users in LDAP: a real slapd with people, groups inside groups, and a mapping to roles."""

    profile = "production"

    @classmethod
    def setUpClass(cls):
        script = TREE / "tests" / "unit" / "auth" / "with_slapd.sh"
        line = "echo $ISOCENTRE_TEST_LDAP; read end"
        cls.slapd = subprocess.Popen(
            ["sh", str(script), "sh", "-c", line], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        source = pathlib.Path(cls.slapd.stdout.readline().strip())
        cls.shared = tempfile.TemporaryDirectory(prefix="isocentre-ldap-")
        folder = pathlib.Path(cls.shared.name)
        for name in ("ca.pem", "other_ca.pem", "password"):
            shutil.copy(source / name, folder / name)
        account.give(folder)
        port = (source / "port").read_text().strip()
        cls.options = {
            "ldap.url": "ldap://127.0.0.1:" + port,
            "ldap.starttls": True,
            "ldap.ca_file": str(folder / "ca.pem"),
            "ldap.bind_dn": "cn=service,dc=example,dc=org",
            "ldap.bind_password_file": str(folder / "password"),
            "ldap.user_base": "ou=people,dc=example,dc=org",
            "ldap.group_base": "ou=groups,dc=example,dc=org",
            "ldap.role_map": "%s=RADIOLOGIST" % cls.group_of("ada"),
        }
        super().setUpClass()

    @staticmethod
    def group_of(login):
        """The DN of the first group in people.ldif that has this person as a direct member."""
        text = (TREE / "tests" / "unit" / "auth" / "people.ldif").read_text()
        for entry in text.split("\n\n"):
            if "member: uid=%s,ou=people" % login in entry and "groupOfNames" in entry:
                return entry.strip().split("\n")[0].partition(": ")[2]
        raise AssertionError("no group has " + login)

    @classmethod
    def tearDownClass(cls):
        super().tearDownClass()
        if cls.slapd.poll() is None:
            cls.slapd.communicate("end\n")
        cls.shared.cleanup()

    def sign_in(self, user, password):
        return self.house.http("GET", "/fhir/Patient", user=user, password=password).status

    def test_1_a_person_of_the_directory_works(self):
        self.assertEqual(self.sign_in("ada", "ada-password"), 200)
        self.assertEqual(self.house.http("GET", "/metrics", user="ada", password="ada-password").status, 403)

    def test_2_everything_not_exactly_right_is_refused(self):
        for user, password in (
            ("ada", "wrong"),
            ("ada", ""),
            ("nobody", "x"),
            ("*", "ada-password"),
            ("twin", "twin-password"),
            ("ada)(uid=*", "ada-password"),
            ("ad*", "ada-password"),
        ):
            self.assertEqual(self.sign_in(user, password), 401, user)

    def test_3_the_directory_is_down(self):
        self.slapd.communicate("end\n")
        self.assertEqual(self.sign_in("bob", "bob-password"), 503)
        self.assertEqual(self.sign_in("admin", houses.PASSWORD), 200)  # the local account is the way in


if __name__ == "__main__":
    story.main()
