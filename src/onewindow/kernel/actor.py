"""Who acts: a value that `people` makes of a log-in or a token, and the kernel judges by."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from onewindow.kernel.procedure import Role


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody, or the platform, with what he may do.

    id       of the account, as it stands in the ledger; never a name
    name     for colleagues' eyes: not recorded
    grants   role -> codes of the units in which he holds it (units below are listed as well)
    lent     role -> unit -> id of the account that delegated it, for what is held during somebody's leave
    parties  references in whose own matters he may act: his account's, his person's, those who authorised him
    agent_of kind of matter ("" for every kind) -> references of those who authorised him for it
    """

    id: str
    name: str
    grants: Mapping[Role, frozenset[str]] = field(default_factory=dict)
    lent: Mapping[Role, Mapping[str, str]] = field(default_factory=dict)
    parties: frozenset[str] = frozenset()
    agent_of: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def role_for(self, roles: tuple[Role, ...], unit: str, owner: str, kind: str = "") -> Role | None:
        """The first of `roles` in which he may act on a matter of a kind, `unit` and `owner`; None for none."""
        for role in roles:
            if role is Role.SELF:
                held = self.is_himself(owner)
            elif role is Role.APPLICANT:
                held = bool(owner) and (owner in self.parties or owner in self.agent_of.get(kind, ()))
            else:
                held = unit in self.grants.get(role, ())
            if held:
                return role
        return None

    def is_himself(self, owner: str) -> bool:
        """Whether a reference is his own: an agent acts for another, but is not he."""
        return owner in self.parties and owner not in self.agent_of.get("", ())

    def lender(self, role: Role, unit: str) -> str:
        """Who delegated the role to him, "" where it is his own."""
        return self.lent.get(role, {}).get(unit, "")


class _Everywhere(frozenset[str]):
    """Units of the platform itself: all."""

    def __contains__(self, unit: object) -> bool:
        return isinstance(unit, str)


SYSTEM = Actor("system", "系统", grants={Role.SYSTEM: _Everywhere()})
