"""What a unit's settings take away from a process, done to this process before it becomes the unit's command.

Run as a file: `python3 sandbox.py DESCRIPTION`, where DESCRIPTION is JSON (see `service_manager.py`). Reaches what a
machine without systemd allows: a read-only file system but for the named paths, a private /tmp, the account, no new
privileges, no memory that is both writable and executable, and the filters of system calls and address families.
"""

import ctypes
import errno
import json
import os
import pwd
import re
import resource
import subprocess
import sys

CLONE_NEWNS = 0x20000
PR_SET_NO_NEW_PRIVS, PR_SET_MDWE = 38, 65
ALLOW, ERRNO = 0x7FFF0000, 0x00050000
FAMILIES = {"AF_UNIX": 1, "AF_INET": 2, "AF_INET6": 10}

_libc = ctypes.CDLL(None, use_errno=True)


class Comparison(ctypes.Structure):
    """libseccomp's `scmp_arg_cmp`."""

    _fields_ = [("arg", ctypes.c_uint), ("op", ctypes.c_int), ("a", ctypes.c_uint64), ("b", ctypes.c_uint64)]


def run(*command: str) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def protect_files(writable: list[str]) -> None:
    """`ProtectSystem=strict`, `ReadWritePaths=` and `PrivateTmp=` in a mount namespace of this process's own."""
    if _libc.unshare(CLONE_NEWNS):
        raise OSError(ctypes.get_errno(), "unshare")
    run("mount", "--make-rprivate", "/")
    for path in writable:
        name = path.removeprefix("-")
        if os.path.isdir(name):  # noqa: PTH112 - runs where only the standard library's fastest imports matter
            run("mount", "--bind", name, name)
    run("mount", "-t", "tmpfs", "-o", "mode=1777", "tmpfs", "/tmp")  # noqa: S108 - its own, inside its namespace
    run("mount", "-o", "remount,bind,ro", "/")


def expand(group: str, seen: set[str]) -> set[str]:
    """The system calls of a group such as `@system-service`, as this machine's systemd knows it."""
    if not group.startswith("@"):
        return {group}
    seen.add(group)
    told = subprocess.run(["systemd-analyze", "syscall-filter", group], capture_output=True, text=True, check=True)
    names = re.findall(r"^ {4}([@\w-]+)$", told.stdout, re.MULTILINE)
    return {call for name in names if name not in seen for call in expand(name, seen)}


def filter_calls(filters: list[str], families: list[str]) -> None:
    """`SystemCallFilter=` and `RestrictAddressFamilies=`; whatever else is asked for fails with EPERM."""
    allowed = expand("@default", set())
    for line in filters:
        calls = {call for word in line.removeprefix("~").split() for call in expand(word, set())}
        allowed = allowed - calls if line.startswith("~") else allowed | calls
    seccomp = ctypes.CDLL("libseccomp.so.2")
    seccomp.seccomp_init.restype = ctypes.c_void_p
    context = ctypes.c_void_p(seccomp.seccomp_init(ERRNO | errno.EPERM))
    for call in sorted(allowed):
        number = seccomp.seccomp_syscall_resolve_name(call.encode())
        # Negative: of another architecture.
        if number >= 0 and call != "socket":
            seccomp.seccomp_rule_add_array(context, ALLOW, number, 0, None)
    number = seccomp.seccomp_syscall_resolve_name(b"socket")
    for family in families:
        only = Comparison(0, 4, FAMILIES[family], 0)
        seccomp.seccomp_rule_add_array(context, ALLOW, number, 1, ctypes.byref(only))
    if seccomp.seccomp_load(context):
        raise OSError("seccomp_load")


def main(description: dict) -> None:
    """Never returns: becomes the command."""
    account = pwd.getpwnam(description["user"])
    if description["sockets"]:
        # In the order of the units; systemd counts from three.
        os.dup2(description["sockets"], 3)
        os.set_inheritable(3, True)
    if description["strict"]:
        protect_files(description["writable"])
    if description["files"]:
        # Raising the hard limit is not in every machine's power.
        most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
        resource.setrlimit(resource.RLIMIT_NOFILE, (min(description["files"], most), most))
    os.initgroups(account.pw_name, account.pw_gid)
    os.setgid(account.pw_gid)
    os.setuid(account.pw_uid)
    os.umask(int(description["umask"], 8))
    os.chdir(description["folder"])
    environment = {
        "PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
        "HOME": account.pw_dir,
        "LANG": "C.UTF-8",
        **description["environment"],
    }
    if description["sockets"]:
        environment |= {"LISTEN_FDS": "1", "LISTEN_PID": str(os.getpid())}
    _libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    if description["no_executable_memory"]:
        # Older kernels than 6.3 do not know it.
        _libc.prctl(PR_SET_MDWE, 1, 0, 0, 0)
    if description["filters"]:
        filter_calls(description["filters"], description["families"])
    os.execvpe(description["command"][0], description["command"], environment)  # noqa: S606 - its whole purpose


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
