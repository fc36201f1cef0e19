"""Laws of the document procedure, on generated documents: holes never help, less text never adds, order is nothing."""

from document_samples import DECLARED, GOOD, POLICY, examine, item, written
from hypothesis import given, settings
from hypothesis import strategies as st

from auditkit.evidence.document_checks import find_topic
from auditkit.evidence.model import EvidenceItem, ReadDocument

RANK = {"not_met": 0, "no_evidence": 1, "met": 2}
COVER = GOOD.partition("## Purpose")[0]
PARAGRAPHS = (
    "## Rules",
    "## Planned for next year",
    "An emergency change is authorised by the duty manager and is reviewed within two days.",
    "Changes are sorted into three categories by their risk and their extent.",
    "An emergency change is rare. This has not been defined yet. The manager decides on each of them.",
    "There is no procedure for emergency changes in the company at present.",
    "The following is not yet in place. Emergency changes are reviewed by the board of the company.",
    "emergency change, categories, approval, rollback, review, window",
    "3.1 The categories of change and how they are told apart by the manager ........ 7",
    "This policy of Kleinwerk applies to every change of a service.",
    "- Approved by: Anna Berg, 20 December 2025",
    "Emergency changes and the categories of change will be defined in the next version.",
)
HOLES = (
    "TBD",
    "Owner: TBD",
    "[insert name]",
    "The rule is approved by <name of the manager> and holds for every emergency change of the company.",
    "to be defined",
    "{{categories}}",
    "Lorem ipsum dolor sit amet",
    "<...>",
)
paragraphs = st.lists(st.sampled_from(PARAGRAPHS), max_size=9)
whole_text = st.tuples(
    st.sampled_from([GOOD + "\n", GOOD + "\n", COVER, "# Change management policy\n\n", ""]), paragraphs
)
registers = st.sampled_from([{}, DECLARED])


def text_of(parts: tuple[str, list[str]], hole: str | None = None, at: int = 0) -> str:
    head, body = parts
    if hole is not None:
        body = [*body[: at % (len(body) + 1)], hole, *body[at % (len(body) + 1) :]]
    return head + "\n\n".join(body) + "\n"


@given(whole_text, st.sampled_from(HOLES), st.integers(0, 9), registers)
@settings(max_examples=300)
def test_adding_a_placeholder_never_improves_an_outcome(
    parts: tuple[str, list[str]], hole: str, at: int, register: dict[str, object]
) -> None:
    before = examine(text_of(parts), register=register)
    after = examine(text_of(parts, hole, at), register=register)
    assert RANK[after.outcome] <= RANK[before.outcome]


@given(whole_text, st.data())
@settings(max_examples=300)
def test_removing_a_passage_never_adds_a_topic(parts: tuple[str, list[str]], data: st.DataObject) -> None:
    whole = written(text_of(parts))
    kept = data.draw(
        st.lists(st.booleans(), min_size=len(whole.passages), max_size=len(whole.passages)), label="kept"
    )
    passages = tuple(one for one, keep in zip(whole.passages, kept, strict=True) if keep)
    less = whole.model_copy(update={"passages": passages})
    for topic in POLICY.topics:
        if find_topic(less, topic.cues) is not None:
            assert find_topic(whole, topic.cues) is not None


@st.composite
def shelves(draw: st.DrawFn) -> dict[EvidenceItem, ReadDocument]:
    found = {}
    for number in range(1, draw(st.integers(1, 4)) + 1):
        file = f"{number}.md"
        title = draw(
            st.sampled_from(["Change policy", "Change policy v2", "Policy of Kiel", "Policy of Kraków"])
        )
        status = draw(st.sampled_from(["current", "current", "superseded"]))
        found[item(number, file, title=title, status=status)] = written(text_of(draw(whole_text)), file)
    return found


@given(shelves(), st.randoms(use_true_random=False), registers)
@settings(max_examples=200)
def test_the_order_of_documents_does_not_matter(
    shelf: dict[EvidenceItem, ReadDocument], random: object, register: dict[str, object]
) -> None:
    mixed = list(shelf.items())
    random.shuffle(mixed)  # type: ignore[attr-defined]
    assert examine(dict(mixed), register=register) == examine(shelf, register=register)


@given(shelves(), st.integers(0, 3), registers)
@settings(max_examples=200)
def test_a_document_that_becomes_unreadable_never_helps(
    shelf: dict[EvidenceItem, ReadDocument], which: int, register: dict[str, object]
) -> None:
    entry = sorted(shelf, key=lambda one: one.id)[which % len(shelf)]
    gone = shelf[entry].model_copy(update={"status": "skipped", "why": "it is damaged", "passages": ()})
    before, after = examine(shelf, register=register), examine({**shelf, entry: gone}, register=register)
    assert before.outcome == "met" or after.outcome != "met"
