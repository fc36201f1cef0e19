"""Service requests as a project of another tool holds them, and the catalogue of request types."""

import random
from datetime import datetime, timedelta

from worked.people import GROUP_OF_UNIT, name
from worked.records_incidents import workdays
from worked.services import CUSTOMERS, SERVICE_BY_ID, USERS_OF
from worked.world import Row, World, hours, outside_clock_change

_TYPES = """
RT-01|Reset a password|SV-10|4|n|60
RT-02|Unlock an account|SV-10|4|n|45
RT-03|Create an account|SV-10|24|y|22
RT-04|Close an account|SV-10|24|n|14
RT-05|Add to a group|SV-10|24|y|40
RT-06|New second factor|SV-10|8|n|30
RT-07|Privileged account|SV-10|48|y|4
RT-08|New notebook|SV-01|120|y|16
RT-09|New monitor|SV-01|120|y|10
RT-10|New mobile phone|SV-01|120|y|9
RT-11|Replace an accessory|SV-01|72|n|22
RT-12|Install standard software|SV-01|24|n|45
RT-13|Install licensed software|SV-01|72|y|18
RT-14|Move a workplace|SV-01|120|n|8
RT-15|Collect a device|SV-01|72|n|9
RT-16|Loan device|SV-01|24|n|6
RT-17|Shared mailbox|SV-08|24|y|11
RT-18|Distribution list|SV-08|24|n|16
RT-19|Restore a mail|SV-08|24|n|7
RT-20|Larger mailbox|SV-08|24|y|7
RT-21|Team room|SV-08|24|n|15
RT-22|External guest|SV-08|48|y|12
RT-23|Share on a file server|SV-08|48|y|9
RT-24|Restore a file|SV-09|24|n|13
RT-25|Restore a database copy|SV-09|48|y|3
RT-26|Exclude from backup|SV-09|72|y|2
RT-27|New virtual machine|SV-05|72|y|10
RT-28|Resize a virtual machine|SV-05|48|y|9
RT-29|Remove a virtual machine|SV-05|72|y|4
RT-30|Namespace for containers|SV-05|48|y|3
RT-31|Firewall rule|SV-03|72|y|14
RT-32|Remote access|SV-03|24|y|12
RT-33|Network port|SV-03|72|n|9
RT-34|Guest wireless access|SV-03|8|n|10
RT-35|ERP role|SV-06|48|y|12
RT-36|ERP report|SV-06|120|y|5
RT-37|ERP printer|SV-06|48|n|6
RT-38|Database schema|SV-07|72|y|3
RT-39|Database read access|SV-07|48|y|5
RT-40|Rack visit|SV-04|48|y|3
RT-41|Information on the service|SV-02|24|n|20
RT-42|Edge server sensor|SV-12|120|y|2
"""
TYPES = tuple(tuple(line.split("|")) for line in _TYPES.strip().splitlines())
_OWNER_UNIT = {"Service Desk": "N-123", "Workplace": "N-129", "Platforms": "N-132", "Network": "N-136"}
_NOTES = (
    "Done as described in the instruction, user informed.",
    "Checked the order, carried out the steps, result confirmed by the user.",
    "Fulfilled remotely, access tested with the user.",
    "Prepared, handed over and signed by the recipient.",
)


def make_request_types(world: World) -> None:
    """Fill the table of request types."""
    rows = []
    for number, (identifier, title, service, *_rest) in enumerate(TYPES, start=1):
        unit = SERVICE_BY_ID[service].unit
        owner = name(_OWNER_UNIT.get(unit, "N-139"))
        rows.append({"id": identifier, "title": title, "instruction_ref": f"WI-{200 + number}", "owner": owner})
    world.tables["request_type"] = rows


def make_requests(world: World) -> None:
    """Fill the table of service requests; times are to the minute, as the tool exports them."""
    rng = world.rng("request")
    year, total = world.year, world.year.sizes["request"]
    before = workdays(rng, year.first - timedelta(days=10), year.first - timedelta(days=1), total // 250)
    after = workdays(rng, year.last + timedelta(days=1), year.as_of_start - timedelta(days=1), total // 90)
    inside = workdays(rng, year.first, year.last, total - len(before) - len(after))
    opened = sorted(when.replace(second=0) for when in [*before, *inside, *after])
    base = 10000 if year.name == "previous" else 20000
    rows = [_request(rng, world, f"SRV-{base + n}", when) for n, when in enumerate(opened)]
    for row in rows:
        for field, value in row.items():
            if isinstance(value, datetime):
                row[field] = outside_clock_change(value).replace(second=0)
    world.tables["request"] = rows


def _request(rng: random.Random, world: World, number: str, opened: datetime) -> Row:
    kind, title, service, target, approval, _ = rng.choices(TYPES, [int(one[5]) for one in TYPES])[0]
    needs, allowed = approval == "y", int(target)
    late = rng.random() < 0.042
    share = rng.uniform(1.05, 1.7) if late else rng.uniform(0.05, 0.95)
    fulfilled = opened + hours(allowed * share)
    customer = rng.choices(CUSTOMERS, [USERS_OF[one[0]] for one in CUSTOMERS])[0][0]
    unit = SERVICE_BY_ID[service].unit if rng.random() < 0.5 else "Service Desk"
    row: Row = {
        "id": number, "title": f"{title} for {customer}", "type": kind, "status": "closed",
        "priority": rng.choices((2, 3, 4), (8, 62, 30))[0], "service": SERVICE_BY_ID[service].name,
        "requester": f"{customer}-{rng.randint(1, USERS_OF[customer]):04d}", "group": GROUP_OF_UNIT[unit],
        "opened_at": opened, "due_at": opened + timedelta(hours=allowed), "fulfilled_at": fulfilled,
        "closed_at": None, "needs_approval": needs, "approved_at": None, "work_notes": rng.choice(_NOTES),
    }  # fmt: skip
    if needs:
        row["approved_at"] = opened + (fulfilled - opened) * rng.uniform(0.05, 0.6)
    export = world.year.as_of_start - timedelta(hours=6)
    if rng.random() < 0.02:
        row["status"], row["fulfilled_at"], row["approved_at"] = "cancelled", None, None
        row["work_notes"] = "Withdrawn by the requester."
        row["closed_at"] = min(opened + timedelta(hours=rng.randint(1, 30)), export)
    elif fulfilled > export:
        row["status"] = "pending" if needs else "in_progress"
        row["fulfilled_at"], row["approved_at"], row["work_notes"] = None, None, None
    else:
        closed = fulfilled + timedelta(hours=rng.randint(24, 120))
        if closed > export:
            row["status"] = "fulfilled"
        else:
            row["closed_at"] = closed
    return row
