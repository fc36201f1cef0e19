"""Services, customers and suppliers of Nordwerk; every company is invented."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Service:
    """One service of the portfolio."""

    id: str
    name: str
    owner: str
    """Employee id."""
    criticality: str
    availability_target: float
    description: str
    outcome: str
    dependencies: str
    unit: str


_SERVICES = """
SV-01|Managed Workplace|N-129|high|99.5|Notebooks, desktops and mobile devices, delivered, patched and replaced|Staff of the customer can work on a supported device from any place|SV-02;SV-08;SV-10|Workplace
SV-02|Service Desk|N-123|high|99.0|Single point of contact for all users, in German, English and Polish|Users get help at the first call in four cases out of five|SV-03;SV-10|Service Desk
SV-03|Managed Network|N-136|critical|99.9|Site networks, wide area network and remote access|Sites and users reach their applications without noticing the network|SV-11|Network
SV-04|Data Centre Hosting|N-132|critical|99.95|Rack space, power, cooling and server operation in Hamburg and Leipzig|Customers run servers without owning a data centre|SV-03|Platforms
SV-05|Private Cloud Platform|N-132|critical|99.9|Virtual machines and containers on a dedicated platform|Projects get computing capacity within one working day|SV-03;SV-04|Platforms
SV-06|ERP Operations|N-139|critical|99.8|Operation of the customer's enterprise resource planning system|Orders, stock and accounts are available during business hours|SV-05;SV-07;SV-10|Applications
SV-07|Database Operations|N-132|high|99.8|Operation, tuning and patching of relational databases|Applications read and write their data without loss|SV-05;SV-09|Platforms
SV-08|Collaboration and Mail|N-139|high|99.7|Mail, calendar, meetings and file sharing|Staff and partners of the customer can reach one another|SV-10|Applications
SV-09|Backup and Archive|N-132|high|99.5|Backup of servers and databases, archive for retention periods|Lost data can be brought back within the agreed time|SV-04|Platforms
SV-10|Identity and Access|N-112|critical|99.9|Accounts, groups, single sign-on and second factors|The right people, and only they, reach the customer's systems|SV-03|Security
SV-11|Security Monitoring|N-112|medium|99.0|Collection and analysis of security events around the clock|Attacks are noticed and reported within the agreed time|SV-03;SV-10|Security
SV-12|Industrial Edge|N-136|medium|99.0|Small servers at production sites, managed from Hamburg|Machines keep sending data when the line to the centre fails|SV-03;SV-05|Network
"""

_CUSTOMERS = """
C-01|Hansekontor Spedition GmbH|N-116|92
C-02|Elbmarsch Stadtwerke GmbH|N-116|92
C-03|Förde Klinikgruppe gGmbH|N-116|92
C-04|Lausitzer Maschinenbau AG|N-117|92
C-05|Sächsische Druckhaus GmbH|N-117|183
C-06|Wawel Logistyka Sp. z o.o.|N-118|183
C-07|Nordsee Fischkontor KG|N-116|183
C-08|Pleiße Versicherung a.G.|N-117|92
C-09|Alster Wohnbau eG|N-116|183
C-10|Tatra Components Sp. z o.o.|N-118|92
C-11|Hafenquartier Hotels GmbH|N-116|365
C-12|Messe Saale GmbH|N-117|365
C-13|Kujawy Agro S.A.|N-118|183
C-14|Stiftung Küstenschule|N-116|365
"""

SUPPLIERS = (
    ("S-01", "Rechenhaus Nord GmbH", "external", "critical", "Data centre space, power and cooling"),
    ("S-02", "TransLine Telekom AG", "external", "critical", "Wide area lines and internet access"),
    ("S-03", "Zentrale Geräte Leasing GmbH", "external", "medium", "Leasing and repair of end-user devices"),
    ("S-04", "Cirrus Mail Services Ltd", "external", "high", "Hosted mail and meeting platform"),
    ("S-05", "Wachturm Security GmbH", "external", "high", "Night shift of the security operations centre"),
    ("S-06", "Archivum Sp. z o.o.", "external", "medium", "Off-site storage of backup media"),
    ("S-07", "Nordwerk Field Services (sister unit)", "internal", "medium", "On-site work at customer premises"),
    ("S-08", "Nordwerk Facility Management (sister unit)", "internal", "low", "Buildings and access control"),
    ("S-09", "Lausitzer Maschinenbau AG, plant IT", "customer", "low", "Hands and eyes for edge servers"),
)


def _service(line: str) -> Service:
    parts = line.split("|")
    return Service(*parts[:4], float(parts[4]), *parts[5:])


SERVICES = tuple(_service(line) for line in _SERVICES.strip().splitlines())
SERVICE_BY_ID = {one.id: one for one in SERVICES}
CUSTOMERS = tuple(tuple(line.split("|")) for line in _CUSTOMERS.strip().splitlines())
"""Id, name, customer manager, interval of service reviews in days."""
SITES = ("Hamburg", "Leipzig", "Kraków")
WEIGHTS = (24, 10, 13, 6, 9, 11, 5, 10, 4, 6, 2, 1)
"""How often a ticket is about each service."""
USERS_OF = {one[0]: 40 + 37 * index for index, one in enumerate(CUSTOMERS)}
