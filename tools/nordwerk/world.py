"""Who and what the fictional provider consists of, and the calendar of a year."""

import random
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

Row = dict[str, Any]
ORGANISATION = "Nordwerk Managed Services GmbH"
SITES = ("Hamburg", "Leipzig", "Kraków")
SERVICES = (
    ("SVC-01", "Managed Workplace", "critical"), ("SVC-02", "E-mail and Collaboration", "critical"),
    ("SVC-03", "Service Desk", "high"), ("SVC-04", "Managed Network", "critical"),
    ("SVC-05", "Server Hosting", "critical"), ("SVC-06", "Database Operation", "high"),
    ("SVC-07", "Backup and Restore", "high"), ("SVC-08", "ERP Hosting", "critical"),
    ("SVC-09", "Web Portal Hosting", "medium"), ("SVC-10", "Identity and Access", "critical"),
    ("SVC-11", "Print Service", "low"), ("SVC-12", "Managed Telephony", "medium"),
)  # fmt: skip
CUSTOMERS = (
    "Hansekai Logistik", "Elbe Maschinenbau", "Stadtwerke Brunsbek", "Lindner Pharma", "Ostsee Klinikum",
    "Kröger Lebensmittel", "Port Authority Nord", "Weser Versicherung", "Leipziger Verlagshaus", "Polmar Shipping",
    "Akademie Sachsen", "Baltic Wind Energy", "Möbelhaus Jensen", "Rathke & Söhne",
)  # fmt: skip
SUPPLIERS = (
    ("SUP-01", "Fibernet Carrier AG", "external"), ("SUP-02", "Datacenter Elbe GmbH", "external"),
    ("SUP-03", "SoftLicence Europe BV", "external"), ("SUP-04", "NightDesk Services", "external"),
    ("SUP-05", "Hardware Direkt", "external"), ("SUP-06", "SecuScan Labs", "external"),
    ("SUP-07", "Platform Engineering Kraków", "internal"), ("SUP-08", "Field Service Leipzig", "internal"),
    ("SUP-09", "Elbe Maschinenbau, on-site team", "customer"),
)  # fmt: skip
PEOPLE = (
    "Anna Berg", "Jan Otte", "Sabine Krüger", "Piotr Nowak", "Lena Hoffmann", "Markus Thiel", "Agnieszka Wójcik",
    "Tobias Lange", "Miriam Schulz", "Dirk Petersen", "Katarzyna Zielińska", "Oliver Brandt", "Svenja Möller",
    "Hakan Yıldız", "Julia Frank", "Rainer Voß", "Ewa Kowalska", "Stefan Groth", "Nina Albers", "Paul Richter",
    "Ines Wolff", "Michał Kaczmarek", "Birgit Lorenz", "Frank Seidel", "Carla Neumann", "Tomasz Lis", "Heike Baum",
    "Uwe Clausen", "Marta Duda", "Jens Haase", "Petra Sommer", "Lukas Engel", "Olga Sikora", "Ralf Timm",
    "Sophie Kern", "Adam Mazur", "Gesa Harms", "Björn Matthies", "Dorota Pawlak", "Kai Ahrens",
)  # fmt: skip
PROCESSES = (
    "Incident management", "Service request management", "Problem management", "Change management",
    "Release management", "Configuration management", "Service level management", "Supplier management",
    "Capacity management", "Availability management", "Continuity management", "Information security",
    "Business relationship management", "Service catalogue management", "Budgeting and accounting",
)  # fmt: skip


@dataclass
class World:
    """One year of the provider: seeded chance, the period, and the rows of every dataset."""

    seed: int
    start: date
    end: date
    as_of: date
    scale: float = 1.0
    """Share of the full number of tickets."""
    rows: dict[str, list[Row]] = field(default_factory=dict)
    chance: random.Random = field(init=False)

    def __post_init__(self) -> None:
        """Seed the chance."""
        self.chance = random.Random(self.seed)

    @property
    def months(self) -> list[date]:
        """First days of the months of the period."""
        found, day = [], self.start.replace(day=1)
        while day <= self.end:
            found.append(day)
            day = (day + timedelta(days=32)).replace(day=1)
        return found

    def count(self, full: int) -> int:
        """Scale a number of tickets."""
        return max(1, int(full * self.scale))

    def moment(self, margin_days: int = 12) -> datetime:
        """A working minute of the period, ending ``margin_days`` before its end; never 02:00 to 03:59."""
        span = (self.end - self.start).days - margin_days
        day = self.start + timedelta(days=self.chance.randint(0, span))
        return datetime.combine(day, datetime.min.time()) + timedelta(
            minutes=self.chance.randint(7 * 60, 18 * 60)
        )

    def later(self, moment: datetime, low_minutes: int, high_minutes: int) -> datetime:
        """A moment after another, moved out of the hours in which clocks change."""
        found = moment + timedelta(minutes=self.chance.randint(low_minutes, high_minutes))
        return found + timedelta(hours=3) if found.hour in (1, 2, 3) else found

    def before(self, days: int) -> date:
        """A day so many days before the as-of date."""
        return self.as_of - timedelta(days=days)

    def person(self) -> str:
        """Anybody."""
        return self.chance.choice(PEOPLE)

    def service(self) -> str:
        """Any service id."""
        return self.chance.choice(SERVICES)[0]
