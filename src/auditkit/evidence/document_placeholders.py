"""Placeholders, and the unfilled templates that hold them (pure)."""

import re
from functools import lru_cache

from auditkit.base.language import say
from auditkit.evidence.model import ReadDocument

_ASKED = (
    r"insert|enter|fill in|add|your|company|organi[sz]ation|names?|dates?|authors?|owners?|version|approver|title|role"
    r"|position|departments?|person|describe|description|specify|state the|list (?:the|of|all)|select|meeting|reference"
    r"|number|address|phone|e-?mail|service name|process name|project name|policy name|dd[./-]mm|mm[./-]dd|yyyy|to be"
    r"|placeholder|tb[acd]|firma|unternehmen|datum|name des|hier|eintragen|nom de|fecha|nombre"
)
_PLACEHOLDER = re.compile(
    r"\b(?:TBD|TBC|TBA|(?-i:TODO|X{3,})|lorem ipsum|dolor sit amet)\b"
    rf"|(?<!\w)<[_*]*(?:{_ASKED})\b[^<>\n=@]{{0,120}}>"
    r"|(?<!\w)<(?-i:[A-ZÄÖÜ])[\w'’.-]* [^<>\n=@:/]{1,300}>|(?<!\w)<_[^<>\n]{2,400}>"
    r"|(?<!\w)<(?:company|organi[sz]ation|client)_\w{1,30}>"
    r"|<\s*(?:\.{2,}|…)\s*>"
    rf"|\[[_*]*(?:{_ASKED})\b[^\[\]\n]{{0,120}}\](?![(\[:])|\[\s*(?:●|•|_+|x{{2,}})\s*\]"
    r"|\[[^\[\]\n]{3,80} here\](?![(\[:])"
    r"|\bxx[/.]xx[/.]xxxx\b|\bdd[/.-]mm[/.-]yy(?:yy)?\b|\bmm[/.-]dd[/.-]yyyy\b|\byyyy-mm-dd\b(?! ?(?:format|hh))"
    rf"|\{{\{{(?![<%])[^{{}}\n]{{1,60}}\}}\}}|(?<![{{\w$])\{{(?:{_ASKED})\b[^{{}}\n]{{0,40}}\}}"
    r"|\bclick (?:or tap )?here to enter\b|\byour (?:company|organi[sz]ation)(?: name)? here\b"
    r"|(?:^|\||[:(])\s*to be (?:defined|determined|completed|confirmed|decided|agreed|added|written|announced|filled in)"
    r"\s*(?=$|[|.,;)])",
    re.IGNORECASE,
)
_TEMPLATE = re.compile(
    r"\blorem ipsum\b|\bthis (?:document|page|file|plan|policy) is (?:intended as |meant as |only )?an? (?:\w+ )?template\b"
    r"|\bhow to (?:use|complete|adapt|fill (?:in|out)) this template\b"
    r"|\b(?:delete|remove|replace) (?:this|the|all|any) (?:\w+ )?(?:instructions?|guidance|placeholders?|bracketed|(?:grey|blue|red) text)\b"
    r"|\breplace [^.\n]{0,40}\b(?:in|within|between) (?:square |angle )?brackets\b",
    re.IGNORECASE,
)
_TEMPLATE_TITLE = re.compile(
    r"^\W*(?:template|vorlage|muster|sample|boilerplate)\b(?! (?:management|library|handling))"
    r"|(?:\b|_)(?:template|vorlage|boilerplate)(?:\W*$|[-_.])",
    re.IGNORECASE,
)


def is_placeholder(document: ReadDocument) -> str | None:
    """Return why a document is an unfilled template, or None.

    It is one when its title holds a placeholder, when it says so, when a tenth of its passages hold
    placeholders, or ten of them, or three that are a twentieth.
    """
    if document.meta.title is not None and (found := placeholder_in(document.meta.title)) is not None:
        return say("its title holds the placeholder {text!r}", text=found)
    texts = [passage.text for passage in document.passages]
    for text in texts:
        if (said := _template_words(text)) is not None:
            return say("it says {text!r}", text=said)
    marked = [found for text in texts if (found := placeholder_in(text)) is not None]
    count, total = len(marked), len(texts)
    if marked and (count * 10 >= total or count >= 10 or (count >= 3 and count * 20 >= total)):
        return say(
            "{n} of {total} passages with placeholders such as {text!r}", n=count, total=total, text=marked[0]
        )
    return None


@lru_cache(maxsize=65_536)
def placeholder_in(text: str) -> str | None:
    """Return the first placeholder of a text, shortened, or None."""
    found = _PLACEHOLDER.search(text)
    if found is None:
        return None
    word = found[0].strip(" |:(")
    return word if len(word) <= 60 else word[:59] + "…"


def is_template_title(title: str) -> bool:
    """Tell whether a title or a file's name calls its document a template or a sample."""
    return _TEMPLATE_TITLE.search(title) is not None


@lru_cache(maxsize=65_536)
def _template_words(text: str) -> str | None:
    found = _TEMPLATE.search(text)
    return found[0] if found is not None else None
