"""`python -m bot.cli` is `papers`."""

from bot.cli import main

main()
