"""A page of scenes."""

from collections.abc import Iterable
from html import escape

_PAGE = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Paper Round in {platform}</title>
<style>
{style}</style>
<h1>Paper Round in {platform}</h1>
<p class="quiet">What the bot says about invented papers. <code>python -m docs.gallery</code> makes this page.</p>
{sections}
</html>
"""


def page(platform: str, style: str, sections: Iterable[str]) -> str:
    return _PAGE.format(platform=platform, style=style, sections="\n".join(sections))


def section(title: str, *shown: str) -> str:
    return f"<h2>{escape(title)}</h2>\n" + "\n".join(shown)
