"""A certificate authority, and certificates of it, as a clinic would make them.

authority = Authority(folder, "clinic-ca")                     # authority.certificate, authority.key
certificate, key = authority.issue("ris", "ris.example.org")   # for this name and for 127.0.0.1
"""

import os
import subprocess

import account


class Authority:
    def __init__(self, folder, name):
        self.folder, self.name = folder, name
        self.certificate, self.key = folder / (name + ".pem"), folder / (name + ".key")
        self.openssl("req", "-x509", *self.new_key(self.key), "-out", self.certificate, "-subj", "/CN=" + name)
        account.give(self.certificate)

    @staticmethod
    def openssl(*argv):
        subprocess.run(["openssl"] + [str(a) for a in argv], check=True, capture_output=True)

    @staticmethod
    def new_key(path):
        return ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", path, "-days", "2"]

    def issue(self, name, dns):
        key, asked, made, more = (self.folder / (name + e) for e in (".key", ".csr", ".pem", ".ext"))
        more.write_text("subjectAltName=DNS:%s,IP:127.0.0.1\n" % dns)
        subject = "/O=Clinic/CN=" + name
        self.openssl("req", "-new", *self.new_key(key)[:-2], "-out", asked, "-subj", subject)
        signing = ["-CA", self.certificate, "-CAkey", self.key, "-CAcreateserial", "-days", "2", "-extfile", more]
        self.openssl("x509", "-req", "-in", asked, "-out", made, *signing)
        for path in (key, made):
            account.give(path)
            os.chmod(path, 0o644 if path == made else 0o600)
        return made, key
