"""Classes made by `duibiao.model.classes` cannot be told from those of the standard library."""

from __future__ import annotations

import copy
import dataclasses
import inspect
import pickle
from typing import Any, ClassVar, get_type_hints

import pytest

from duibiao.model.classes import dataclass as ours


class Plain:
    """A class with every kind of field."""

    name: str
    number: int = 3
    seen: list[str] = dataclasses.field(default_factory=list)
    note: str = dataclasses.field(default="", compare=False)
    secret: str = dataclasses.field(default="", repr=False)
    kind: ClassVar[str] = "kind"


def made(how: Any, **flags: bool) -> Any:
    body = {**vars(Plain), "__annotations__": dict(Plain.__annotations__)}
    for name in ("__dict__", "__weakref__"):
        body.pop(name, None)
    return how(slots=True, **flags)(type("Plain", (), body))


@ours(frozen=True, slots=True)
class Base:
    """One that is inherited from."""

    first: int

    def __repr__(self) -> str:
        return f"<{self.first}>"


@ours(frozen=True, slots=True)
class Derived(Base):
    """One with a field more."""

    second: int = 2


@ours(slots=True)
class Changing:
    """One that changes."""

    first: int
    second: int = 2


@ours(frozen=True, slots=True)
class Empty:
    """One without fields."""


@pytest.mark.parametrize("frozen", [True, False])
def test_what_is_made_is_the_same(frozen: bool) -> None:
    own, standard = made(ours, frozen=frozen), made(dataclasses.dataclass, frozen=frozen)
    assert [repr(part) for part in dataclasses.fields(own)] == [
        repr(part) for part in dataclasses.fields(standard)
    ]
    assert own.__slots__ == standard.__slots__
    assert own.__match_args__ == standard.__match_args__
    assert get_type_hints(own.__init__) == get_type_hints(standard.__init__)
    assert [(p.name, p.kind, p.annotation) for p in inspect.signature(own).parameters.values()] == [
        (p.name, p.kind, p.annotation) for p in inspect.signature(standard).parameters.values()
    ]
    for arguments, named in ((("a",), {}), (("a", 1), {"note": "x"}), ((), {"name": "b"})):
        assert repr(own(*arguments, **named)) == repr(standard(*arguments, **named))
    with pytest.raises(TypeError, match=r"Plain.__init__\(\) missing 1 required .*'name'"):
        own()


@pytest.mark.parametrize("frozen", [True, False])
def test_equal_are_those_with_equal_values(frozen: bool) -> None:
    own, other = made(ours, frozen=frozen), made(ours, frozen=frozen)
    assert own("a", 1, [], "note") == own("a", 1, [], "another")
    assert own("a", 1) != own("a", 2)
    assert own("a") != other("a")
    assert own("a").seen is not own("a").seen


def test_the_frozen_are_hashed_and_never_changed() -> None:
    one = Derived(1, 3)
    assert {one, Derived(1, 3), Derived(1)} == {one, Derived(1, 2)}
    for change in (lambda: setattr(one, "first", 2), lambda: delattr(one, "second")):
        with pytest.raises(dataclasses.FrozenInstanceError):
            change()
    with pytest.raises(dataclasses.FrozenInstanceError):
        one.third = 3  # type: ignore[attr-defined]
    assert (one.first, one.second) == (1, 3)


def test_the_others_change_and_are_not_hashed() -> None:
    one = Changing(1)
    one.second = 5
    assert one == Changing(1, 5)
    with pytest.raises(TypeError, match="unhashable"):
        hash(one)


def test_they_are_copied_pickled_and_replaced() -> None:
    for one in (Derived(1, 3), Changing(1, 3), Empty()):
        assert pickle.loads(pickle.dumps(one)) == one  # noqa: S301
        assert copy.deepcopy(one) == one
        assert dataclasses.replace(one) == one
    assert dataclasses.replace(Derived(1), second=9) == Derived(1, 9)
    assert dataclasses.asdict(Derived(1)) == {"first": 1, "second": 2}


def test_what_a_class_says_of_itself_stays() -> None:
    assert repr(Base(1)) == "<1>"
    assert repr(Empty()) == "Empty()"
    assert repr(Changing(1)) == "Changing(first=1, second=2)"


def test_what_refers_to_itself_is_shown() -> None:
    own = made(ours)("a")
    own.seen.append(own)
    assert "seen=[...]" in repr(own)


def test_the_rest_is_the_standard_library_s() -> None:
    @ours(frozen=True, slots=True, order=True)
    class Ordered:
        first: int

    @ours(frozen=True)
    class Loose:
        first: int

    assert Ordered(1) < Ordered(2)
    assert vars(Loose(1)) == {"first": 1}
