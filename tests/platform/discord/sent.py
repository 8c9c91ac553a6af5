"""What the library makes of a message or modal on the way out."""

from typing import Any

from discord.http import handle_message_parameters
from discord.ui import LayoutView


def sent(view: LayoutView) -> dict[str, Any]:
    """The body of the request that sends a message."""
    with handle_message_parameters(view=view) as parameters:
        return parameters.payload or {}
