"""Lays out one PDF in a process of its own, started by `pdf.py`; it imports nothing of the portal.

Its memory goes back to the machine when it ends, and a document that never ends cannot hold a worker. Reads one JSON
object from standard input: `root`, `template`, `data`, `target`, `seconds`.
"""

import json
import resource
import sys

import typst


def main() -> None:
    job = json.load(sys.stdin)
    # Whoever started it may be gone: then nobody else would stop it.
    resource.setrlimit(resource.RLIMIT_CPU, (job["seconds"], job["seconds"]))
    options = {
        "root": job["root"],
        "sys_inputs": {"data": json.dumps(job["data"])},
        "ignore_system_fonts": True,
        "output": job["target"],
    }
    template = f"{job['root']}/{job['template']}.typ"
    try:
        typst.compile(template, **options, pdf_standards=["ua-1"])
    except typst.TypstError as fault:
        if "could not be displayed" not in str(fault) and ".notdef" not in str(fault):
            raise
        # A sign that no font has, in somebody's name: a box in its place is better than no letter.
        typst.compile(template, **options)


if __name__ == "__main__":
    main()
