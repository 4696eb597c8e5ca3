"""The door of people for other apps: accounts, actors."""

from onewindow.people.actors import actor_of
from onewindow.people.models import Account

__all__ = ["Account", "actor_of"]
