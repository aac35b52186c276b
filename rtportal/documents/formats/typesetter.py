"""Lays out PDFs in a process of its own, started by `pdf.py`; it imports nothing of the portal.

Its memory goes back to the machine when it ends, and a document that never ends cannot hold a worker. Reads one JSON
object from standard input: `root`, `template`, `data`, `seconds`, and either `target`, or `items` and the `folder` for
one file each, `0.pdf` and on.
"""

import json
import resource
import sys

import typst


def main() -> None:
    job = json.load(sys.stdin)
    # Whoever started it may be gone: then nobody else would stop it.
    resource.setrlimit(resource.RLIMIT_CPU, (job["seconds"], job["seconds"]))
    # One for all files: it keeps the fonts, the parsed templates and what all have in common.
    compiler = typst.Compiler(f"{job['root']}/{job['template']}.typ", root=job["root"], ignore_system_fonts=True)
    shared = json.dumps(job["data"])
    if "items" not in job:
        lay_out(compiler, {"data": shared}, job["target"])
        return
    for number, item in enumerate(job["items"]):
        lay_out(compiler, {"data": shared, "item": json.dumps(item)}, f"{job['folder']}/{number}.pdf")


def lay_out(compiler: typst.Compiler, inputs: dict[str, str], target: str) -> None:
    try:
        compiler.compile(sys_inputs=inputs, output=target, pdf_standards=["ua-1"])
    except typst.TypstError as fault:
        if "could not be displayed" not in str(fault) and ".notdef" not in str(fault):
            raise
        # A sign that no font has, in somebody's name: a box in its place is better than no letter.
        compiler.compile(sys_inputs=inputs, output=target)


if __name__ == "__main__":
    main()
