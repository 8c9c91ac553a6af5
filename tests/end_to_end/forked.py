"""Runs `papers` in processes forked from one that has imported everything: they begin with their work at once.

A line on standard input is a JSON list: the arguments, the environment, the directory, and the files that are standard
input, output and error there. It answers with the process's id, and with its exit status once it has ended.
"""

import json
import os
import signal
import sys
from importlib import import_module

_ALL = (
    "bot.cli.database", "bot.cli.deliveries", "bot.cli.demo", "bot.cli.doctor", "bot.cli.export", "bot.cli.service",
    "bot.cli.steps", "bot.cli.talk", "adapters.llm.model", "adapters.slack.service", "matplotlib.figure",
)  # fmt: skip
"""What the commands import when they run."""

_LONGEST = 120
"""Seconds after which a process is ended that will not end by itself."""


def main() -> None:
    for name in _ALL:
        import_module(name)
    for line in sys.stdin:
        process = os.fork()
        if process == 0:
            _become_papers(*json.loads(line))
        print(process, flush=True)  # noqa: T201 - the answer
        _, status = os.waitpid(process, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)  # noqa: T201 - the answer


def _become_papers(arguments: list[str], environment: dict[str, str], directory: str, streams: list[str]) -> None:
    from bot.cli import main as papers

    for number, (file, flags) in enumerate(zip(streams, (os.O_RDONLY, os.O_WRONLY, os.O_WRONLY), strict=True)):
        opened = os.open(file, flags | (os.O_APPEND | os.O_CREAT if number else 0))
        os.dup2(opened, number)
        os.close(opened)
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(directory)
    signal.alarm(_LONGEST)
    sys.stdin = os.fdopen(0, closefd=False)
    sys.argv = ["papers", *arguments]
    status = 0
    try:
        papers()
    except SystemExit as left:
        status = left.code if isinstance(left.code, int) else int(left.code is not None)
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)


if __name__ == "__main__":
    main()
