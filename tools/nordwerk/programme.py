"""The audit programme of Nordwerk and the plan of this year's audit, as their auditors wrote them.

The plan agrees with the visits of engagement.yaml. Two weaknesses are real: nobody of the team is known to be competent in
information security, and Kraków has only ever been seen from afar.
"""

PROGRAMME = """\
# Written by people: the audit programme over its cycle: risks of areas, audits held and planned.
title: Internal audit programme 2024 to 2027
managed_by: P-016
version: "3.1"
approved: {by: P-010, at: 2025-08-01, role: Service management lead}
objectives:
  - Every clause, process and site is audited at least once in the cycle, and what carries most risk every year.
  - Top management knows before each management review how far the system meets its requirements.
cycle_start: 2024-10-01
cycle_years: 3
rules: house
criteria: ["ISO/IEC 20000-1:2018 with Amendment 1:2024", "The organisation's own policies and procedures"]
methods: On site in Hamburg and Leipzig; remote where a site has fewer than ten people or travel is not possible.
resources: Three auditors with together nine days a year; travel is booked by the audit manager.
risks:
  - {risk: Two of three auditors once worked in operations., treatment: "Independence is checked for each session, and safeguards are recorded."}
  - {risk: Remote audits show what is put before the camera., treatment: The auditor chooses the records and drives the screen.}
areas:
  - {process: change-management, risk: high, because: Changes cause a third of all major incidents and touch every service., changed_at: 2026-03-01, change: The change board was replaced by two boards.}
  - {process: incident-management, risk: high, because: Customers judge the provider by it and penalties hang on its times.}
  - {process: supplier-management, risk: high, because: Nine other parties deliver parts of the services; contracts were found incomplete.}
  - {process: service-continuity-management, risk: high, because: Six services are critical for customers with legal duties.}
  - {process: information-security-management, risk: high, because: Access of leavers and of other parties was an issue two years ago.}
  - {process: configuration-management, risk: medium, because: Records are many and are kept by hand in parts.}
  - {process: service-design-and-transition, risk: medium, because: Few but large projects; the last one went well.}
  - {process: release-and-deployment-management, risk: medium, because: Releases are automated for half of the services.}
  - {process: service-request-management, risk: medium, because: High numbers with small consequences each.}
  - {process: problem-management, risk: medium, because: Known errors prevent incidents; reviews have slipped before.}
  - {process: service-level-management, risk: medium, because: Fourteen agreements are reviewed on different days.}
  - {process: service-availability-management, risk: medium, because: Reported figures are computed by hand for three services.}
  - {process: capacity-management, risk: low, because: Platforms have reserves and forecasts were right.}
  - {process: budgeting-and-accounting, risk: low, because: Finance audits the same figures every year.}
  - {process: business-relationship-management, risk: low, because: Customers are asked twice a year and answer.}
  - {clause: "8.1", risk: medium, because: Control of operation shows in every process and is seen there too.}
  - {clause: "8.2", risk: medium, because: What is delivered and with what follows from the catalogue and the items.}
  - {clause: "4", risk: low, because: Scope and context change little from year to year.}
  - {clause: "5", risk: medium, because: Commitment of management decides whether findings are closed.}
  - {clause: "6", risk: medium, because: Objectives and plan are renewed every year.}
  - {clause: "7", risk: medium, because: Competence and documents bear on every process.}
  - {clause: "9", risk: medium, because: Measuring and reviewing show weaknesses before customers do.}
  - {clause: "10", risk: medium, because: Whether corrections hold decides about repeats.}
  - {site: Hamburg, risk: medium, because: Most processes are run from here.}
  - {site: Leipzig, risk: medium, because: Second data centre and field service.}
  - {site: Kraków, risk: high, because: The platform team works without a written agreement; the site was never visited.}
audits:
  - id: AU-001
    title: Internal audit of the whole system 2024/25
    state: done
    period: {start: 2025-09-29, end: 2025-10-05}
    engagement: nordwerk-2025
    clauses: ["4", "5", "6", "7", "8", "9", "10"]
    sites: [Hamburg, Leipzig, Kraków]
    remote_sites: [Kraków]
    lead: P-001
    team: [P-002, P-003]
    days: 5
    results:
      - {process: supplier-management, minors: 1, note: "NC-090, closed on 20 October 2025; the contracts are a repeat this year."}
  - id: AU-002
    title: Audit at NightDesk Services
    kind: supplier-audit
    state: cancelled
    period: {start: 2026-03-10, end: 2026-03-11}
    processes: [supplier-management]
    lead: P-003
    because: The supplier moved its premises in March; the audit is to be planned anew after the contract is renewed.
  - id: AU-003
    title: Internal audit of the whole system 2025/26
    state: done
    period: {start: 2026-09-29, end: 2026-10-05}
    engagement: nordwerk-2026
    clauses: ["4", "5", "6", "7", "8", "9", "10", "own-criteria:N1", "own-criteria:N2"]
    sites: [Hamburg, Leipzig, Kraków]
    remote_sites: [Kraków]
    criteria: ["Service level agreements with 14 customers"]
    lead: P-001
    team: [P-002, P-003]
    days: 5
    resources: Screen sharing for Kraków; one night in Leipzig.
  - id: AU-004
    title: Visit to Kraków, platform and field service
    state: planned
    period: {start: 2027-04-12, end: 2027-04-14}
    scope: What could not be seen from afar, and the agreement with the internal supplier.
    processes: [service-availability-management, information-security-management, supplier-management]
    sites: [Kraków]
    lead: P-003
    team: [P-001]
    days: 4
  - id: AU-005
    title: Internal audit of the whole system 2026/27
    state: planned
    period: {start: 2027-09-20, end: 2027-09-24}
    clauses: ["4", "5", "6", "7", "8", "9", "10", "own-criteria:N1", "own-criteria:N2"]
    sites: [Hamburg, Leipzig]
    lead: P-001
    team: [P-002, P-003]
    days: 6
effort:
  persons: 140
  central_site: Hamburg
  adjustments:
    - {id: certified-before, because: The system has been certified since 2019 and was audited as a whole last year.}
    - {id: records-tested, because: All exports of the year are tested as whole populations before the visit.}
    - {id: many-other-parties, because: Nine other parties deliver parts of the services.}
review: The audit manager reports to the management review which objectives were reached and what to change.
"""

PLAN = """\
# Written by people: the plan of this audit: team, sessions by day, safeguards.
prepared_by: P-001
prepared_at: 2026-09-08
audit: AU-003
days: {start: 2026-09-29, end: 2026-10-05}
hours: {start: 08:30, end: 17:00}
language: German
team:
  - {person: P-001, role: lead}
  - {person: P-002, role: auditor}
  - {person: P-003, role: auditor}
sessions:
  - {id: S-01, at: 2026-09-29, start: 09:00, end: 09:30, what: Opening meeting, kind: opening, site: Hamburg, place: Board room, auditors: [P-001, P-002, P-003], auditees: [P-010, P-011]}
  - {id: S-02, at: 2026-09-29, start: 09:30, end: 11:00, what: Leadership, site: Hamburg, place: Board room, method: Interview, clauses: ["5"], auditors: [P-001], auditees: [P-011]}
  - {id: S-03, at: 2026-09-29, start: 11:00, end: 12:30, what: Context and planning, site: Hamburg, place: Board room, method: "Interview, documents read", clauses: ["4", "6"], auditors: [P-001, P-002], auditees: [P-010]}
  - {id: S-04, at: 2026-09-29, start: 13:30, end: 16:00, what: Support and knowledge, site: Hamburg, place: Room 2.14, method: "Interview, documents and training records read", clauses: ["7"], auditors: [P-003], auditees: [P-017]}
  - {id: S-05, at: 2026-09-29, start: 16:00, end: 17:00, what: Team meeting, kind: team, place: Room 2.14, auditors: [P-001, P-002, P-003]}
  - {id: S-06, at: 2026-09-30, start: 09:00, end: 12:00, what: "Change, design, transition and release", site: Hamburg, place: Room 2.14, method: "Records chosen by the auditor, followed from request to review", processes: [change-management, service-design-and-transition, release-and-deployment-management], auditors: [P-002, P-001], auditees: [P-012]}
  - {id: S-07, at: 2026-09-30, start: 09:00, end: 12:00, what: "Customers, service levels, suppliers, money and capacity", site: Hamburg, place: Room 1.03, method: "Interview, contracts and reports read", clauses: ["8.3", "8.4"], auditors: [P-003], auditees: [P-015]}
  - {id: S-08, at: 2026-09-30, start: 13:00, end: 16:00, what: "Incidents, requests, problems and control of operation", site: Hamburg, place: Service desk, method: "Observation at the desk, records chosen by the auditor", clauses: ["8.1", "8.6", "own-criteria:N1"], auditors: [P-002], auditees: [P-013]}
  - {id: S-09, at: 2026-09-30, start: 13:00, end: 15:30, what: Evaluation and improvement, site: Hamburg, place: Room 1.03, method: "Interview, minutes and registers read", clauses: ["9", "10"], auditors: [P-001], auditees: [P-016]}
  - {id: S-10, at: 2026-10-02, start: 09:00, end: 12:30, what: "Delivery, catalogue, assets, configuration and other parties", site: Leipzig, place: Data centre, method: "Items chosen from the floor and found in the records, and the other way", clauses: ["8.2", "own-criteria:N2"], auditors: [P-002], auditees: [P-013]}
  - {id: S-11, at: 2026-10-02, start: 13:00, end: 16:00, what: Availability and continuity, site: Leipzig, place: Data centre, method: "Walk through the recovery, test reports read", processes: [service-availability-management, service-continuity-management], auditors: [P-001, P-002], auditees: [P-013]}
  - {id: S-12, at: 2026-10-05, start: 09:00, end: 11:30, what: Platform team and information security, site: Kraków, remote: true, language: English, method: "Shared screen, driven by the auditor", processes: [information-security-management], auditors: [P-003], auditees: [P-014]}
  - {id: S-13, at: 2026-10-05, start: 13:00, end: 14:00, what: Closing meeting, kind: closing, remote: true, auditors: [P-001, P-002, P-003], auditees: [P-010, P-011, P-014]}
safeguards:
  - person: P-002
    about: independence
    areas: [change-management]
    sessions: [S-06]
    because: Henning Kruse sat on the change board until the end of January 2026.
    safeguard: The lead auditor takes part in the session, chooses the sample and reads the changes of that time alone.
    agreed_by: P-001
    at: 2026-09-08
methods: Interviews, observation on site, records followed from both ends, tests of whole exports before the visit.
sampling: Records are chosen by the auditor, at random with a recorded seed where the number matters, otherwise by risk.
remote:
  platform: The organisation's own conference system, tried on 1 September with the platform team.
  recording: Nothing is recorded; pictures of a screen only with the consent of the person who is shown.
  outage: The session goes on by telephone, and screens are looked at again on the following day.
logistics: Train to Leipzig on the evening of 1 October; badges are ordered for all sites.
confidentiality: What the team sees stays with the team and the client; notes are kept in the audit folder and destroyed after six years.
follow_up: Answers within three weeks; effectiveness is checked on the records of the following quarter.
changes:
  - {at: 2026-09-22, by: P-001, what: The closing meeting is held remotely so that Kraków can take part.}
"""
