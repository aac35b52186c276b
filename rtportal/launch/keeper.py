"""Keeps one process and lets nothing of it outlive the launcher: `python keeper.py LAUNCHER_PID USER COMMAND…`.

Run as a file with nothing but the standard library, so that it starts in milliseconds and stays small. The launcher
starts it as the leader of a new session. Everything the command forks stays in the keeper's process group, so one
`killpg` reaches it all: celery's beat, for one, would outlive a SIGKILL of the worker that started it.

- SIGTERM and SIGQUIT are handed to the command alone; it decides what ending gracefully means.
- When the launcher dies, however it dies, the whole group is killed at once, the keeper included.
- When the command ends, the keeper ends with its exit code; the launcher then kills what is left of the group.
"""

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1
LAUNCHER_DIED = signal.SIGUSR1


def die_with_parent(parent: int, with_signal: int) -> None:
    """Ask Linux for `with_signal` when `parent` ends; exit now if it already has. Elsewhere there is no such call."""
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, int(with_signal), 0, 0, 0)
    if os.getppid() != parent:
        os._exit(1)


def become(user: str) -> None:
    """Give up root for the account `user`, for programs such as PostgreSQL that refuse root."""
    import pwd

    account = pwd.getpwnam(user)
    os.initgroups(user, account.pw_gid)
    os.setgid(account.pw_gid)
    os.setuid(account.pw_uid)


def keep(launcher: int, user: str, command: list[str]) -> int:
    """Run `command` (as `user` unless that is empty) until it ends; returns its exit code, 128 + n for signal n."""
    signal.signal(LAUNCHER_DIED, lambda *_: os.killpg(0, signal.SIGKILL))
    # Ctrl-C in a terminal is the launcher's to hear.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    die_with_parent(launcher, LAUNCHER_DIED)
    keeper = os.getpid()
    # A stop request that arrives before there is a child to hand it to must not be lost.
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM, signal.SIGQUIT})
    child = os.fork()
    if child == 0:
        try:
            signal.signal(LAUNCHER_DIED, signal.SIG_DFL)
            signal.signal(signal.SIGINT, signal.SIG_DFL)
            signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGTERM, signal.SIGQUIT})
            if user:
                become(user)
            # After the change of user, which takes the death signal away.
            die_with_parent(keeper, signal.SIGKILL)
            os.execvp(command[0], command)
        except OSError as error:
            print(f"{command[0]}: {error}", file=sys.stderr, flush=True)
        finally:
            os._exit(127)
    for each in (signal.SIGTERM, signal.SIGQUIT):
        signal.signal(each, lambda number, _: os.kill(child, number))
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGTERM, signal.SIGQUIT})
    _, status = os.waitpid(child, 0)
    code = os.waitstatus_to_exitcode(status)
    return code if code >= 0 else 128 - code


if __name__ == "__main__":
    sys.exit(keep(int(sys.argv[1]), sys.argv[2], sys.argv[3:]))
