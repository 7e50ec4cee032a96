"""Policy files: the shipped ones by name, an office's own by path, and everything that is wrong with one."""

from collections.abc import Callable
from functools import cache
from pathlib import Path

from pydantic import ValidationError

from directive.policy import Policy
from letters.forms import nearest, place, told
from letters.policy_check import judge, prejudge
from letters.problem import Problem, has_errors, in_order
from letters.slips import slip
from letters.yaml_lines import Source, YamlRefused, parse, read_source

SHIPPED = Path(__file__).parent / "policies"
Policies = Callable[[str], tuple[Policy | None, list[Problem]]]
"""Finds a policy by the name or path that stands in a plan."""


def shipped_names() -> list[str]:
    """The names of the policies that come with the product."""
    return sorted(path.stem for path in SHIPPED.glob("*.yaml"))


def shipped_policy(name: str = "standard") -> Policy:
    """A policy that comes with the product; KeyError where there is none of that name."""
    if name not in shipped_names():
        raise KeyError(name)
    policy, problems = _shipped(name)
    if policy is None:
        raise ValueError("; ".join(f"{one.line}: {one.en}" for one in problems))
    return policy


@cache
def _shipped(name: str) -> tuple[Policy | None, tuple[Problem, ...]]:
    policy, problems = load_policy((SHIPPED / f"{name}.yaml").read_text(encoding="utf-8"))
    return policy, tuple(problems)


def policies_beside(folder: Path) -> Policies:
    """Finds shipped policies by name, and others by a path that counts from `folder` (the plan's own)."""

    def find(named: str) -> tuple[Policy | None, list[Problem]]:
        if named in shipped_names():
            policy, problems = _shipped(named)
            return policy, list(problems)
        if not named.endswith((".yaml", ".yml")):
            known = shipped_names()
            guess = nearest(named, known)
            return None, [
                slip("policy_unknown", 0, "policy", guess=guess, name=named, known=", ".join(known))
            ]
        try:
            text = read_source(folder / named)
        except YamlRefused as refused:
            return None, [refused.problem]
        return load_policy(text)

    return find


def load_policy(text: str) -> tuple[Policy | None, list[Problem]]:
    """The policy of a file and everything that is wrong with it; None where there is an error."""
    try:
        source = parse(text)
    except YamlRefused as refused:
        return None, [refused.problem]
    if source.data is None:
        return None, [slip("file_empty", 1)]
    if not isinstance(source.data, dict):
        return None, [slip("not_a_map", 1)]
    problems = [*source.problems, *prejudge(source)]
    policy, slips = _policy(source)
    problems += slips
    if policy is not None:
        problems += judge(policy, source)
    problems = in_order(problems)
    return (None if has_errors(problems) else policy), problems


def _policy(source: Source) -> tuple[Policy | None, list[Problem]]:
    try:
        return Policy.model_validate(source.data), []
    except ValidationError as error:
        kept = (
            one for one in error.errors(include_url=False) if one["type"] != "value_error" or not one["loc"]
        )
        found = [told(one, Policy, source, ()) for one in kept if one["type"] != "value_error"]
        return None, found or _unexplained(error, source)


def _unexplained(error: ValidationError, source: Source) -> list[Problem]:
    """What `prejudge` tells already in better words, unless it did not."""
    if prejudge(source):
        return []
    first = error.errors(include_url=False)[0]
    where = place(first["loc"])
    return [slip("bad_value", source.line(*first["loc"]), where, field=where, value="", why=first["msg"])]
