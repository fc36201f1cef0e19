"""What printed pages say in their margins and behind links, as a small style sheet in the language spoken."""

from auditkit.base.language import say


def page_words(*, draft: bool) -> str:
    """Return the sheet that goes after ``page.css``; on a draft the word stands on top of every page."""
    number = say("Page {page} of {pages}", page='" counter(page) "', pages='" counter(pages) "')
    behind = say("(page {page})", page='" target-counter(attr(href), page) "')
    rules = [
        f'@page {{ @bottom-right {{ content: "{number}"; }} }}',
        f'.see::after {{ content: " {behind}"; }}',
    ]
    if draft:
        rules.append(f'@page {{ @top-center {{ content: "{say("DRAFT")}"; }} }}')
    return "\n".join(rules)
