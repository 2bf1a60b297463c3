"""One third-party library, one folder."""

import re

import tree

# TO ADD A LIBRARY: 1 a row here: how its headers begin, the folders that may include them  2 its package in
# config/packages  3 its room in CMakeLists.txt
HOMES = [
    (r"microhttpd", ["server/http"]),
    (r"gnutls/", ["server/http"]),  # the TLS of libmicrohttpd
    (r"curl/", ["server/httpc"]),
    (r"libpq|postgresql/|pg_config", ["server/db"]),
    (r"openssl/", ["server/tls"]),
    (r"ldap|lber|argon2", ["server/auth"]),
    (r"libconfig", ["server/config"]),
    (r"cjson/|cJSON|libxml/", ["server/base"]),
    (r"dcmtk/|openjph/", ["dicom/shim"]),  # both speak C++ only
    (r"openjpeg|charls/", ["dicom/image"]),
    (r"zlib", ["server/http", "dicom/shim", "dicom/image"]),  # gzip bodies; deflated transfer syntax
    (r"CUnit/", ["tests/unit"]),
]
LIBC = re.compile(
    r"^(std\w+|string|strings|errno|ctype|limits|math|time|signal|locale|iconv|assert|inttypes|poll|pthread|"
    r"unistd|fcntl|dirent|netdb|grp|pwd|getopt|wchar|wctype|langinfo|sched|semaphore|syslog|termios|float|setjmp|"
    r"sysexits|endian|malloc|features|fnmatch|ifaddrs|dlfcn|regex)\.h$|^(sys|netinet|arpa|net|linux)/|^std\w+$"
)


INCLUDE = re.compile(r"\s*#\s*include\s+(?:<([^>]+)>|\"(dcmtk/[^\"]+)\")")  # DCMTK writes its own in quotes


def home(included):
    for pattern, folders in HOMES:
        if re.match(pattern, included):
            return folders
    return None


def tested(path):
    """The rooms a unit test may belong to: it uses what its room uses."""
    parts = path.split("/")
    return ["server/" + parts[2], "/".join(parts[2:4])] if path.startswith("tests/unit/") else []


def judge(path, included):
    """What is wrong with including a foreign header here, or None."""
    folders = home(included)
    if LIBC.match(included) or re.match(r"[a-z_]+$", included):  # C and C++ standard libraries
        return None
    if folders is None:
        return "<%s> has no home; add its library to tests/lint/foreign.py" % included
    if not {tree.folder(path), *tested(path)} & set(folders):
        return "<%s> lives in %s only" % (included, " and ".join(folders))
    return None


def check():
    for path in tree.matching(r"^(server|hl7|fhir|dicom|tests/unit|tests/fuzz|tests/bench)/.*\.(c|cc|h)$"):
        for number, line in tree.lines(path):
            found = INCLUDE.match(line)
            wrong = found and judge(path, found.group(1) or found.group(2))
            if wrong:
                yield path, number, wrong
    for path in tree.matching(r"\.(cc|cpp|cxx|hpp|hh)$"):
        if not path.startswith(("dicom/shim/", "tests/unit/dicom/shim/", "tests/fuzz/dicom/")):
            yield path, 1, "C++ exists in dicom/shim only"
