"""Who may do what. The store asks these questions; pages only show what the answers are."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from dashboard.domain.fields import N_


class Role(StrEnum):
    """What a person may do, from least to most."""

    VIEWER = "viewer"
    CONTRIBUTOR = "contributor"  # of their own country
    REVIEWER = "reviewer"
    ADMINISTRATOR = "administrator"


ROLE_NAMES = {
    Role.VIEWER: N_("Viewer"),
    Role.CONTRIBUTOR: N_("Contributor"),
    Role.REVIEWER: N_("Reviewer"),
    Role.ADMINISTRATOR: N_("Administrator"),
}


class NotAllowedError(PermissionError):
    """Somebody asked for what their role or country does not cover."""


@dataclass(frozen=True, slots=True)
class Actor:
    """A person at work. *countries* limits a contributor; an empty tuple means no country for them, all for others."""

    name: str
    role: Role = Role.VIEWER
    countries: tuple[str, ...] = ()

    @property
    def sees_all(self) -> bool:
        """Whether unpublished material of every country is open to them."""
        return self.role in {Role.REVIEWER, Role.ADMINISTRATOR} and not self.countries

    def may_see(self, country: str) -> bool:
        """Whether unpublished material of *country* is open to them."""
        return self.sees_all or (self.role is not Role.VIEWER and country in self.countries)

    def must(self, *roles: Role, countries: Collection[str] = ()) -> None:
        """Raise ``NotAllowedError`` unless they have one of *roles* and all *countries* are theirs."""
        if self.role not in roles:
            raise NotAllowedError(f"{self.name} is {self.role}; this needs {' or '.join(roles)}")
        foreign = sorted(country for country in set(countries) if not self.may_see(country))
        if foreign:
            raise NotAllowedError(f"{self.name} may not change records of {', '.join(foreign)}")


WRITERS = (Role.CONTRIBUTOR, Role.REVIEWER, Role.ADMINISTRATOR)
JUDGES = (Role.REVIEWER, Role.ADMINISTRATOR)
NOBODY = Actor("public")
