"""The base of every root spec: a whole experiment, which one lab can carry out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from dlcore.specs.spec import Spec


class Experiment(Spec):
    """All that one run needs to know; `kind` names its lab, `version` the form of its JSON.

    A subclass narrows both to a `Literal`, and gives all its fields defaults: without arguments it is the experiment to
    begin with. `seed`, which every experiment has as well (a race in its base), stands in the subclass: the order of
    fields is that of JSON.
    """

    version: int = 1
    kind: str = ""

    def exact(self) -> Self:
        """The same experiment along the way that its exported program takes: the numbers agree to the last digit.

        On other ways they agree to rounding. A lab that has only one way gives itself.
        """
        return self

    def adapted(self, changes: Mapping[str, Any]) -> dict[str, Any]:
        """The changes together with those that they ask for, so that the experiment stays whole (see `replace`).

        A lab whose parts always fit adds none.
        """
        return dict(changes)
