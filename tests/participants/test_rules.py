import pytest
from hypothesis import given
from hypothesis import strategies as st

from participants.rules import AnswerContent, AnswerRefused, read_answer


def test_what_does_not_belong_to_the_answer_is_dropped():
    content = read_answer(
        kind="confirmed",
        reason="sisa ketikan",
        substitute_name="Budi",
        substitute_phone="bukan nomor",
        companion_name="Nurhayati",
        needs_companion=False,
    )
    assert content == AnswerContent("confirmed")


def test_all_faults_are_told_at_once():
    with pytest.raises(AnswerRefused) as refused:
        read_answer(kind="represented", substitute_phone="021 5551234", needs_companion=False)
    assert set(refused.value.faults) == {"substitute_name", "substitute_phone", "substitute_relation"}
    assert refused.value.sentence


@given(
    kind=st.sampled_from(["confirmed", "declined", "represented", "", "x"]),
    texts=st.lists(st.text(max_size=400), min_size=4, max_size=4),
    needs_companion=st.booleans(),
)
def test_whatever_is_typed_is_taken_whole_or_refused_with_a_sentence(kind, texts, needs_companion):
    fields = dict(zip(("reason", "substitute_name", "substitute_phone", "companion_name"), texts, strict=True))
    try:
        content = read_answer(kind=kind, needs_companion=needs_companion, **fields)
    except AnswerRefused as refused:
        assert all(sentence.endswith((".", "”")) for sentence in refused.faults.values())
    else:
        assert len(content.reason) <= 300
        assert len(content.substitute_name) <= 120
        assert "\n" not in content.reason + content.substitute_name + content.companion_name
