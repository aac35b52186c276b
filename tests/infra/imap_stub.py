"""As much of an IMAP server as reading a mailbox takes: LOGIN, SELECT, UID SEARCH UNSEEN, UID FETCH, UID STORE."""

import re
import socketserver
import threading


class ImapStub(socketserver.ThreadingTCPServer):
    """Holds `mails` and which of them are `seen`. `url` is what BOUNCES_URL takes."""

    daemon_threads = True
    allow_reuse_address = True
    user, password = "portal", "sandi rahasia"

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Conversation)
        self.mails: list[bytes] = []
        self.seen: set[int] = set()
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()

    @property
    def url(self) -> str:
        return f"imap://{self.user}:sandi%20rahasia@127.0.0.1:{self.server_address[1]}/INBOX"

    def stop(self) -> None:
        self.shutdown()
        self.server_close()


class _Conversation(socketserver.StreamRequestHandler):
    server: ImapStub

    def handle(self) -> None:
        self._say("* OK ready")
        while line := self.rfile.readline().decode().strip():
            tag, _, command = line.partition(" ")
            word = command.upper()
            if word.startswith("LOGIN"):
                given = command.split(" ", 1)[1].replace('"', "")
                is_right = given == f"{self.server.user} {self.server.password}"
                self._say(f"{tag} {'OK in' if is_right else 'NO wrong password'}")
            elif word.startswith("SELECT"):
                is_there = command.split(" ", 1)[1].strip('"') == "INBOX"
                self._say(f"{tag} {'OK [READ-WRITE] selected' if is_there else 'NO no such folder'}")
            elif word.startswith("UID SEARCH"):
                unseen = [str(key) for key in range(1, len(self.server.mails) + 1) if key not in self.server.seen]
                self._say(f"* SEARCH {' '.join(unseen)}".rstrip())
                self._say(f"{tag} OK found")
            elif word.startswith("UID FETCH"):
                self._fetch(tag, int(command.split()[2]))
            elif word.startswith("UID STORE"):
                self.server.seen.add(int(re.findall(r"\d+", command)[0]))
                self._say(f"{tag} OK stored")
            elif word.startswith("LOGOUT"):
                self._say("* BYE")
                self._say(f"{tag} OK out")
                return
            else:
                if word.startswith("CAPABILITY"):
                    self._say("* CAPABILITY IMAP4rev1")
                self._say(f"{tag} OK done")

    def _fetch(self, tag: str, key: int) -> None:
        mail = self.server.mails[key - 1]
        self.wfile.write(f"* {key} FETCH (UID {key} BODY[]<0> {{{len(mail)}}}\r\n".encode() + mail + b")\r\n")
        self._say(f"{tag} OK fetched")

    def _say(self, line: str) -> None:
        self.wfile.write(line.encode() + b"\r\n")
