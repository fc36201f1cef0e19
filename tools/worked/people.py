"""The people of Nordwerk Managed Services GmbH; every name is invented."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Employee:
    """One person on the payroll."""

    id: str
    name: str
    unit: str
    role: str
    site: str
    joined: date
    left: date | None = None


_LINES = """
N-101|Sabine Rademacher|Management|Managing director|Hamburg|2011-04-01
N-102|Jonas Petersen|Management|Director of operations|Hamburg|2014-09-01
N-103|Anke Brandt|Service Management Office|Head of service management|Hamburg|2016-02-01
N-104|Tobias Lindner|Service Management Office|Change manager|Hamburg|2018-05-01
N-105|Miriam Vogt|Service Management Office|Incident manager|Leipzig|2017-11-01
N-106|Piotr Mazur|Service Management Office|Problem manager|Kraków|2019-03-01
N-107|Lena Hoffmann|Service Management Office|Configuration manager|Hamburg|2020-01-15
N-108|Stefan Krüger|Service Management Office|Release manager|Leipzig|2018-08-01
N-109|Nadine Seidel|Service Management Office|Service level manager|Hamburg|2019-10-01
N-110|Marek Kowalczyk|Service Management Office|Capacity and availability manager|Kraków|2020-06-01
N-111|Carla Wendt|Service Management Office|Improvement manager|Hamburg|2021-04-01
N-112|Henning Ahrens|Security|Chief information security officer|Hamburg|2015-07-01
N-113|Agnieszka Nowak|Security|Security analyst|Kraków|2021-02-01
N-114|Felix Baumann|Security|Continuity manager|Leipzig|2019-01-01
N-115|Ulrike Thomsen|Customer Management|Head of customer management|Hamburg|2013-03-01
N-116|Daniel Schröder|Customer Management|Customer manager|Hamburg|2018-10-01
N-117|Eva Lorenz|Customer Management|Customer manager|Leipzig|2020-03-01
N-118|Katarzyna Wrona|Customer Management|Customer manager|Kraków|2021-09-01
N-119|Oliver Behrens|Finance and Procurement|Head of finance|Hamburg|2012-06-01
N-120|Petra Jansen|Finance and Procurement|Supplier manager|Hamburg|2017-04-01
N-121|Martin Falk|Finance and Procurement|Controller|Hamburg|2022-01-01
N-122|Claudia Reimers|Human Resources|Head of human resources|Hamburg|2016-11-01
N-123|Lukas Winter|Service Desk|Service desk lead|Leipzig|2016-05-01
N-124|Sophie Albrecht|Service Desk|Service desk agent|Leipzig|2021-08-01
N-125|Tomasz Zajac|Service Desk|Service desk agent|Kraków|2020-10-01
N-126|Ines Kaiser|Service Desk|Service desk agent|Leipzig|2022-05-01
N-127|Mehmet Aydin|Service Desk|Service desk agent|Leipzig|2019-07-01
N-128|Julia Engel|Service Desk|Service desk agent|Leipzig|2023-02-01
N-129|Robert Haase|Workplace|Workplace lead|Leipzig|2015-10-01
N-130|Anna Dietrich|Workplace|Workplace engineer|Leipzig|2020-08-01
N-131|Michal Sikora|Workplace|Workplace engineer|Kraków|2022-03-01
N-132|Georg Paulsen|Platforms|Platform lead|Hamburg|2012-02-01
N-133|Franziska Otto|Platforms|Platform engineer|Hamburg|2019-05-01
N-134|Jan Wolff|Platforms|Platform engineer|Leipzig|2021-01-01
N-135|Ewa Pawlak|Platforms|Database engineer|Kraków|2020-11-01
N-136|Dirk Hansen|Network|Network lead|Hamburg|2014-01-01
N-137|Laura Fink|Network|Network engineer|Leipzig|2021-06-01
N-138|Karol Duda|Network|Network engineer|Kraków|2022-09-01
N-139|Christoph Berger|Applications|Application lead|Hamburg|2013-08-01
N-140|Monika Zimmer|Applications|Application engineer|Hamburg|2018-03-01
N-141|Paul Richter|Applications|Application engineer|Leipzig|2020-02-01
N-142|Nina Sauer|Applications|Application engineer|Leipzig|2022-07-01
N-143|Heiko Brandes|Platforms|Platform engineer|Hamburg|2017-03-01|2026-02-28
N-144|Sandra Pohl|Service Desk|Service desk agent|Leipzig|2019-09-01|2025-12-31
N-145|Bartosz Krol|Network|Network engineer|Kraków|2021-05-01|2026-05-31
N-146|Timo Busch|Workplace|Workplace engineer|Leipzig|2018-12-01|2026-07-31
N-147|Vera Lang|Applications|Application engineer|Hamburg|2016-06-01|2026-03-31
N-148|Ralf Stein|Service Desk|Service desk agent|Leipzig|2017-02-01|2025-04-30
N-149|Gabi Moritz|Finance and Procurement|Buyer|Hamburg|2015-05-01|2025-01-31
N-153|Emil Hartung|Service Desk|Service desk agent|Leipzig|2026-09-28
N-154|Zofia Banas|Security|Security analyst|Kraków|2026-04-01
N-150|Henrike Sommer|Internal Audit|Head of internal audit|Hamburg|2014-05-01
N-151|Bernd Kessler|Internal Audit|Auditor|Hamburg|2017-09-01
N-152|Alicja Maj|Internal Audit|Auditor|Kraków|2021-03-01
"""


def _employee(line: str) -> Employee:
    parts = line.split("|")
    left = date.fromisoformat(parts[6]) if len(parts) > 6 else None
    return Employee(*parts[:5], joined=date.fromisoformat(parts[5]), left=left)


EMPLOYEES = tuple(_employee(line) for line in _LINES.strip().splitlines())
BY_ID = {one.id: one for one in EMPLOYEES}
DESK = tuple(one for one in EMPLOYEES if one.unit == "Service Desk" and not one.left and one.joined.year < 2024)
ENGINEERS = tuple(
    one
    for one in EMPLOYEES
    if one.unit in ("Workplace", "Platforms", "Network", "Applications") and one.left is None
)
APPROVERS = tuple(BY_ID[one] for one in ("N-102", "N-103", "N-104", "N-108", "N-112"))


def name(identifier: str) -> str:
    """Return the name of a person."""
    return BY_ID[identifier].name


GROUP_OF_UNIT = {
    "Service Desk": "Service Desk",
    "Workplace": "Workplace Operations",
    "Platforms": "Platform Operations",
    "Network": "Network Operations",
    "Applications": "Application Operations",
    "Security": "Security Operations",
}
