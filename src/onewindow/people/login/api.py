"""The door of log-in: for administration, demonstration, the worker, and the wiring of the identity service."""

from onewindow.people.login.actions import (
    fresh_password,
    keep_password,
    locked_until,
    set_initial_password,
    unlock,
)
from onewindow.people.login.authenticator import enrol, fresh_secret
from onewindow.people.login.factors import add_authenticator, factors_of, remove_all
from onewindow.people.login.policy import PolicyError, policy
from onewindow.people.login.province import offer
from onewindow.people.login.tending import tidy

__all__ = [
    "PolicyError",
    "add_authenticator",
    "enrol",
    "factors_of",
    "fresh_password",
    "fresh_secret",
    "keep_password",
    "locked_until",
    "offer",
    "policy",
    "remove_all",
    "set_initial_password",
    "tidy",
    "unlock",
]
