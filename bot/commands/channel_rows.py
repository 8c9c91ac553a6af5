"""The verbs that say what a channel is brought, and when."""

from bot.commands.row import Argument, Row
from bot.commands.values import (
    ChangeSettings,
    Elsewhere,
    PauseEditions,
    ResumeEditions,
    SkipEdition,
    Subscribe,
    Unsubscribe,
)

CHANNEL_ROWS = (
    Row(
        verb="subscribe",
        argument=Argument.ORDER,
        make=Subscribe,
        summary="Bring papers to this channel",
        usage="subscribe [topics:a,b … size:n at:08:30 days:mon-fri zone:Europe/Berlin layout:… offers:…]",
        examples=("subscribe", "subscribe topics:agents,reasoning at:08:30 days:mon-fri"),
        first=True,
    ),
    Row(
        verb="settings",
        argument=Argument.CHANGE,
        make=ChangeSettings,
        summary="What this channel is brought, and when; change it",
        usage="settings [topics:a,b … at:08:30 days:mon-fri zone:… layout:… offers:… on_nothing:… digests:…]",
        examples=("settings", "settings size:8 at:08:30", "settings days:mon,wed,fri zone:Europe/Berlin"),
    ),
    Row(
        verb="unsubscribe",
        argument=Argument.NOTHING,
        make=Unsubscribe,
        summary="Bring this channel no more papers; what was saved stays",
        usage="unsubscribe",
        examples=("unsubscribe",),
    ),
    Row(
        verb="pause",
        argument=Argument.UNTIL,
        make=PauseEditions,
        summary="No editions here until a date, or until `resume`",
        usage="pause [until <date>]",
        examples=("pause", "pause until 2026-02-01"),
    ),
    Row(
        verb="skip",
        argument=Argument.NEXT_OR_TOMORROW,
        make=SkipEdition,
        summary="Leave out the next edition here, or tomorrow's",
        usage="skip [tomorrow]",
        examples=("skip", "skip tomorrow"),
    ),
    Row(
        verb="resume",
        argument=Argument.NOTHING,
        make=ResumeEditions,
        summary="Let editions come here again",
        usage="resume",
        examples=("resume",),
    ),
    Row(
        verb="there",
        argument=Argument.THERE,
        make=Elsewhere,
        summary="Pause, resume or end the editions of another channel",
        usage="there in:n pause|resume|unsubscribe",
        examples=("there in:12 pause",),
        listed=False,
    ),
)
