"""The Web API's methods: each takes the service, the caller's workspace and the arguments, and gives the answer."""

from tests.fakes.slack.methods import accounts, chat, conversations, files, reactions, views
from tests.fakes.slack.methods.answering import Method

METHODS: dict[str, Method] = {
    **accounts.METHODS,
    **chat.METHODS,
    **conversations.METHODS,
    **files.METHODS,
    **reactions.METHODS,
    **views.METHODS,
}
