"""Statements that something is missing, not yet there, or only planned (pure)."""

import re
from functools import lru_cache

CONDITION_CHARACTERS = 300
"""How far before a denial its condition may stand; without a limit a long line would take quadratic time."""
_DOCUMENT = (
    r"(?:procedures?|process(?:es)?|plans?|polic(?:y|ies)|criteri(?:a|on)|definitions?|registers?|agreements?|documents?"
    r"|documentation|catalogues?|schedules?|programmes?|methods?|approach(?:es)?|rules?|templates?|matri(?:x|ces)"
    r"|contracts?|guidelines?|standards?|concepts?|instructions?|descriptions?|strateg(?:y|ies)|budgets?)"
)
_THING = rf"(?:{_DOCUMENT}|lists?|records?|reviews?|audits?|tests?|owners?|targets?|objectives?|evidence|baselines?)"
_DONE = (
    r"(?:written|defined|documented|established|set up|drawn up|agreed|tested|approved|implemented|developed|created|"
    r"prepared|introduced|carried out|performed|held|determined|identified|assigned|appointed|specified|decided|drafted)"
)
_YET = r"(?:yet |currently |so far |at present |as yet |still |formally |presently )?"
_EVENT = (
    r"(?:(?:open|outstanding|overdue|known|new|further|other|more|additional|major|significant|serious|material|repeated"
    r"|pending|such|unresolved|critical|relevant|security|customer|recent) )*"
    r"(?:complaints?|incidents?|actions?|nonconformit(?:y|ies)|findings?|changes?|issues?|risks?|exceptions?|breach(?:es)?"
    r"|objections?|deviations?|disputes?|limitations?|constraints?|outages?|failures?|problems?|delays?|conflicts?|remarks?"
    r"|comments?|questions?|doubts?|need|reason|downtime|loss(?:es)?|impact|interruptions?|backlog|overlaps?|exclusions?"
    rf"|vulnerabilit(?:y|ies)|shortages?|contradictions?|alerts?|charges?|costs?|escalations?|trends?)\b(?! (?:[\w-]+ )?{_THING}\b)"
)
"""What may be absent without anything being wrong: "there are no open complaints" states a fact."""
_DENIAL = re.compile(
    rf"\b(?:there(?:'s|’s| is| are| exists?| was| were) (?:currently |as yet |still |at present |at the moment )?no\b(?! (?:{_EVENT}|(?:other|additional|further|more|longer)\b))"
    rf"|(?:do(?:es)? not|don['’]t|doesn['’]t|did not) {_YET}exist"
    rf"|(?:ha(?:s|ve) not|hasn['’]t|haven['’]t) {_YET}been {_DONE}|ha(?:s|ve) (?:yet to|never) be(?:en)? \w+"
    rf"|(?:is|are|was|were) not {_YET}(?:in place|{_DONE})|(?:is|are)n['’]t {_YET}(?:in place|{_DONE})"
    rf"|not yet (?:been |in place|available|started|begun|done|finished|complete[d]?|ready|{_DONE})"
    rf"|(?:no|not an?) (?:[\w-]+ ){{0,4}}{_THING} {_YET}(?:exists?\b|is\b|are\b|was\b|were\b|has been\b|have been\b|in place\b)"
    rf"|(?:do(?:es)? not|don['’]t|doesn['’]t) {_YET}(?:have|possess|maintain|keep|hold) (?:an?|any) (?:[\w-]+ ){{0,4}}{_THING}"
    rf"|(?:has|have|had|with) {_YET}no (?:[\w-]+ ){{0,3}}{_THING}\b"
    rf"|(?:lacks?|lack of|missing) (?:an?|any|the) (?:[\w-]+ ){{0,3}}{_DOCUMENT}\b"
    rf"|(?:works?|operates?|manages?|runs?|acts?) without (?:an?|any) (?:[\w-]+ ){{0,3}}{_DOCUMENT}\b"
    rf"|(?:no one|nobody) (?:is|was|has been) {_YET}(?:responsible|in charge|accountable|named|{_DONE})"
    rf"|{_DOCUMENT} (?:is|are|remains?) (?:still |currently )?(?:missing|lacking|absent|outstanding|pending|undocumented|undefined)"
    rf"|(?:is|are|remains?|still|yet) to be (?:completed|{_DONE})"
    r"|existier(?:t|en) (?:noch |derzeit )?nicht|gibt es (?:noch |derzeit |bisher )?kein|lieg(?:t|en) (?:noch )?nicht vor"
    r"|noch nicht (?:definiert|dokumentiert|erstellt|festgelegt|geschrieben|umgesetzt|geprüft|vorhanden)"
    r"|(?:noch|erst) zu (?:definieren|erstellen|dokumentieren|bestimmen)|in (?:Vorbereitung|Ausarbeitung))"
    r"|(?:^|[:(–|-]\s*)to be (?:defined|written|decided|completed|documented|determined|confirmed)\b",
    re.IGNORECASE,
)
_LATER = (
    r"(?:later|soon|in due course|in (?:the )?future|at a later|in the (?:next|coming|following)|in a (?:later|future|next)"
    r"|next (?:year|quarter|month|version)|(?:by|in|during|for|until) (?:the end of )?(?:next|20\d\d|q[1-4])|once|after)"
)
_PLANNED = re.compile(
    rf"\bwill (?:then |later |soon |still )?be (?:defined|specified|determined|decided|clarified|drafted|written|drawn up)"
    rf"(?=\s*(?:$|[.;,)]| {_LATER}\b))"
    rf"|\b(?:{_DOCUMENT}|how [^.;]{{5,80}}) will (?:then |later |soon |still )?be (?:defined|specified|drafted|written|drawn up)\b"
    rf"|\b{_DOCUMENT} will (?:later |soon |still )?be (?:developed|established|introduced|created|documented|prepared|implemented|set up) {_LATER}\b"
    rf"|\b(?:is|are) (?:still |currently |now )?being (?:defined|specified|drafted|written|drawn up|developed|introduced|prepared)\b"
    rf"|\b{_DOCUMENT} (?:is|are) (?:still |currently )?(?:under (?:development|construction|preparation)|in (?:preparation|development|progress))"
    rf"|\b{_DOCUMENT} (?:is|are) planned (?:to be|for|in|by|{_LATER})\b"
    rf"|\b(?:is|are) planned (?:but|and) not\b"
    rf"|\bit (?:is|was) (?:still |now )?(?:planned|intended|foreseen) to (?:define|write|draft|document|draw up|develop|establish|introduce|create)\b"
    rf"|\b(?:we|company|organi[sz]ation|team|board|management|department) (?:plans?|intends?|aims?|hopes?|wants?|ha(?:s|ve) yet|still needs?)"
    rf" to (?:define|write|draft|document|draw up|develop|establish|introduce|create|set up) (?:an?|the|its|our|this|such) (?:[\w-]+ ){{0,3}}{_DOCUMENT}\b"
    rf"|\b(?:ist|sind) (?:noch )?(?:geplant|vorgesehen|in Arbeit)\b|\bwird (?:noch|später|derzeit) (?:definiert|erstellt|festgelegt|erarbeitet)",
    re.IGNORECASE,
)
_DISTRIBUTIVE = re.compile(
    r"\b(?:each|every|all|any|per|whenever|when|if|unless|prior to|before|always|where|jede[rsnm]?|alle)\b",
    re.IGNORECASE,
)
"""Words that turn "will be defined" into a rule for every case instead of a promise."""
_CONDITION = re.compile(
    r"\b(?:if|when|whenever|where|wherever|unless|until|in case|in the event|whether|falls|wenn|sofern|solange)\b[^,.;:]*$"
    r"|\b(?:that|which|who|whose|should)\s*$",
    re.IGNORECASE,
)
"""What stands before words that deny something in a mere condition: "if there is no answer"."""
_PLANNED_HEADING = re.compile(
    r"\W*(?:\d+(?:\.\d+)*\.?\s+)?(?:(?:planned|proposed|future) (?:for (?:\w+ )?(?:20\d\d|next).*|work|state|documents?"
    r"|procedures?|process(?:es)?|versions?|additions?|improvements? (?:for|in) .*)|roadmap|wish ?list|ideas|to ?do|backlog"
    r"|(?:still |yet )?to be (?:done|defined|written|completed)|out of scope(?: of this .*)?|geplant.*)\W*",
    re.IGNORECASE,
)
_BACK = re.compile(
    r"^\W*(?:[\w-]+ ){0,2}?(?:this|it|they|these|those|that|such|neither|none|both|dies\w*|es)\b|\bno such\b|\bnone of\b",
    re.IGNORECASE,
)


@lru_cache(maxsize=65_536)
def says_does_not_exist(text: str) -> bool:
    """Tell whether a text says that a thing is missing or only planned, other than as a condition or a rule.

    "If there is no answer" is a condition, "targets will be defined for each service" a rule, and
    "there are no open complaints" a fact about events.
    """
    if any(not _is_conditional(text, found.start()) for found in _DENIAL.finditer(text)):
        return True
    return any(
        not _is_conditional(text, found.start()) and not _DISTRIBUTIVE.search(text)
        for found in _PLANNED.finditer(text)
    )


def refers_back(text: str) -> bool:
    """Tell whether a sentence speaks of what was said just before it: "This has not been done yet."."""
    return _BACK.search(text) is not None


def is_heading_of_plans(heading: str) -> bool:
    """Tell whether what stands below a heading is announced or missing rather than stated."""
    return _PLANNED_HEADING.fullmatch(heading) is not None or says_does_not_exist(heading)


def _is_conditional(text: str, at: int) -> bool:
    return _CONDITION.search(text, max(0, at - CONDITION_CHARACTERS), at) is not None
