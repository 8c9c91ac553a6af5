"""Runs `papers` in processes forked from one that has imported everything, so that a kill falls into its work.

A line on standard input is a JSON list: the arguments, the settings, the directory. It answers with the process's id,
and with its exit status once it has ended.
"""

import json
import os
import sys
from importlib import import_module
from pathlib import Path


def main() -> None:
    for name in ("bot.cli.steps", "bot.cli.talk", "bot.cli.database"):
        import_module(name)  # what the commands import when they run

    for line in sys.stdin:
        arguments, settings, directory = json.loads(line)
        process = os.fork()
        if process == 0:
            _become_papers(arguments, settings, directory)
        print(process, flush=True)  # noqa: T201 - the answer
        _, status = os.waitpid(process, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)  # noqa: T201 - the answer


def _become_papers(arguments: list[str], settings: dict[str, str], directory: str) -> None:
    from bot.cli import main as papers

    os.environ.update(settings)
    os.chdir(directory)
    sys.argv = ["papers", *arguments]
    with Path("output.txt").open("ab") as output, Path(os.devnull).open("rb") as nothing:
        for stream, number in ((nothing, 0), (output, 1), (output, 2)):
            os.dup2(stream.fileno(), number)
    status = 0
    try:
        papers()
    except SystemExit as left:
        status = left.code if isinstance(left.code, int) else 1
    finally:
        sys.stdout.flush()
        os._exit(status)


if __name__ == "__main__":
    main()
