"""The door of log-in: for administration, demonstration, the worker, and the wiring of the identity service."""

from onewindow.people.login.actions import (
    LogInLocked,
    LogInRefused,
    PasswordRefused,
    change_password,
    fresh_password,
    keep_password,
    locked_until,
    set_initial_password,
    unlock,
)
from onewindow.people.login.authenticator import enrol, fresh_secret
from onewindow.people.login.factors import Factors, factors_of, remove_all
from onewindow.people.login.policy import Policy, PolicyError, policy
from onewindow.people.login.province import IdentityService, offer
from onewindow.people.login.sessions import end_sessions, sessions_of
from onewindow.people.login.tending import tidy

__all__ = [
    "Factors",
    "IdentityService",
    "LogInLocked",
    "LogInRefused",
    "PasswordRefused",
    "Policy",
    "PolicyError",
    "change_password",
    "end_sessions",
    "enrol",
    "factors_of",
    "fresh_password",
    "fresh_secret",
    "keep_password",
    "locked_until",
    "offer",
    "policy",
    "remove_all",
    "sessions_of",
    "set_initial_password",
    "tidy",
    "unlock",
]
