"""A stage ends as soon as its outcome is determined and never before: exhaustively, up to seven voters."""

from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from itertools import product

import pytest

from directive.question import CHOICES, Choice, Question, QuestionKind, Stage, Vote, vote

AT = datetime(2026, 7, 1, 1, tzinfo=UTC)
ROLES = tuple(f"head:so-{number}" for number in range(1, 8))
VOTES = {
    (role, yes): Vote(by=role, role=role, choice=Choice.APPROVE if yes else Choice.RETURN, at=AT)
    for role, yes in product(ROLES, (True, False))
}


def outcome(stage: Stage, answers: tuple[bool, ...]) -> bool:
    """The slow definition: everybody answers in turn; the stage passes when it first has its quorum, unless a No
    with a veto came before."""
    needed = stage.quorum or sum(stage.weights.get(role, 1) for role in stage.asks)
    yes = 0
    for role, answer in zip(stage.asks, answers, strict=True):
        if not answer and role in stage.veto:
            return False
        yes += stage.weights.get(role, 1) if answer else 0
        if yes >= needed:
            return True
    return False


def determined(stage: Stage, given: tuple[bool, ...]) -> bool | None:
    """What every completion of the answers given comes to; None where they differ."""
    left = len(stage.asks) - len(given)
    ends = {outcome(stage, given + rest) for rest in product((True, False), repeat=left)}
    return ends.pop() if len(ends) == 1 else None


def walk(stage: Stage) -> None:
    """All answers in the order of those asked, as far as the stage stays open; other orders are other stages."""
    asked = Question(
        id="approval.1",
        kind=QuestionKind.APPROVAL,
        asked_at=AT,
        route=(stage,),
        choices=CHOICES[QuestionKind.APPROVAL],
    )
    truth = cache(lambda given: determined(stage, given))
    standing: list[tuple[tuple[bool, ...], Question]] = [((), asked)]
    while standing:
        given, question = standing.pop()
        assert truth(given) is None, (stage, given)
        for answer in (True, False):
            said = (*given, answer)
            verdict = vote(question, VOTES[stage.asks[len(given)], answer])
            ends = truth(said)
            assert (verdict.decided is None) == (ends is None), (stage, said)
            if verdict.decided is None:
                standing.append((said, verdict.question))
            else:
                assert (verdict.decided is Choice.APPROVE) == ends, (stage, said)


def subsets(roles: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    for bits in range(1 << len(roles)):
        yield tuple(role for place, role in enumerate(roles) if bits >> place & 1)


@pytest.mark.parametrize("size", range(2, 8))
def test_all_and_every_k_of_n_end_as_soon_as_determined(size: int) -> None:
    for quorum in (0, *range(2, size + 1)):
        walk(Stage(asks=ROLES[:size], quorum=quorum))


@pytest.mark.parametrize("size", range(2, 8))
def test_vetoes_end_a_stage_at_once_as_long_as_it_has_not_passed(size: int) -> None:
    for veto in subsets(ROLES[:size]):
        for quorum in (0, *range(2, size + 1)):
            walk(Stage(asks=ROLES[:size], quorum=quorum, veto=veto))


@pytest.mark.parametrize("size", range(2, 5))
def test_weights_count_as_so_many_voices(size: int) -> None:
    asks = ROLES[:size]
    for weights in product((1, 2, 3), repeat=size):
        for quorum in (0, *range(2, sum(weights) + 1)):
            for veto in ((), asks[:1], asks[-1:]):
                walk(
                    Stage(asks=asks, quorum=quorum, weights=dict(zip(asks, weights, strict=True)), veto=veto)
                )


@pytest.mark.parametrize("weights", [(3, 1, 1, 1, 1, 1, 1), (1, 2, 1, 2, 1, 2, 1), (1, 1, 1, 1, 1, 1, 7)])
def test_seven_voices_of_different_weight(weights: tuple[int, ...]) -> None:
    for quorum in (0, *range(2, sum(weights) + 1)):
        walk(Stage(asks=ROLES, quorum=quorum, weights=dict(zip(ROLES, weights, strict=True)), veto=ROLES[6:]))


@pytest.mark.parametrize("size", range(1, 8))
def test_with_any_of_them_the_first_answer_decides(size: int) -> None:
    asked = Question(
        id="approval.1",
        kind=QuestionKind.APPROVAL,
        asked_at=AT,
        route=(Stage(asks=ROLES[:size], quorum=1),),
        choices=CHOICES[QuestionKind.APPROVAL],
    )
    for role, yes in product(ROLES[:size], (True, False)):
        cast = VOTES[role, yes]
        assert vote(asked, cast).decided is cast.choice


def test_a_quorum_that_no_check_would_let_through_means_all() -> None:
    stage = Stage(asks=ROLES[:2], quorum=5)
    assert (stage.whole, stage.needed) == (2, 2)
