"""Which account servers of the tests run as: the caller, or, because PostgreSQL refuses root, `isocentre`."""

import os
import pwd
import subprocess

NAME = "isocentre"


def is_root():
    return os.geteuid() == 0


def ensure():
    """The account's row of the password file; created when it is missing."""
    if not is_root():
        return pwd.getpwuid(os.geteuid())
    try:
        return pwd.getpwnam(NAME)
    except KeyError:
        subprocess.run(
            [
                "useradd",
                "--system",
                "--user-group",
                "--home-dir",
                "/var/lib/isocentre",
                "--shell",
                "/usr/sbin/nologin",
                NAME,
            ],
            check=True,
        )
        return pwd.getpwnam(NAME)


def command(argv):
    """argv as the account runs it: same process, no shell or session in between."""
    if not is_root():
        return list(argv)
    return ["setpriv", "--reuid=" + NAME, "--regid=" + NAME, "--init-groups"] + list(argv)


def give(path):
    """Make the account the owner of a file or folder."""
    if is_root():
        row = ensure()
        os.chown(path, row.pw_uid, row.pw_gid)


def environment(**more):
    """The caller's environment without what would lead PostgreSQL or HTTP clients elsewhere."""
    env = {k: v for k, v in os.environ.items() if not k.startswith("PG") and not k.lower().endswith("_proxy")}
    env.update(HOME="/tmp", LC_ALL="C.UTF-8", TZ="UTC", **more)
    return env
