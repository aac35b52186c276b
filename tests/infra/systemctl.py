#!/usr/bin/python3
"""`systemctl` of a throw-away server: hands its arguments to `service_manager.py` and says what that answers."""

import json
import socket
import sys

with socket.socket(socket.AF_UNIX) as line:
    line.connect("/run/systemctl.sock")
    line.sendall(json.dumps(sys.argv[1:]).encode() + b"\n")
    code, told = json.loads(line.makefile().readline())
sys.stderr.write(told)
sys.exit(code)
