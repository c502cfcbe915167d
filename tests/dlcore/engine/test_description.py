import logging
from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest
from toy import Toy

from dlcore.engine.description import describe, description_packet
from dlcore.engine.frame import decode
from dlcore.engine.messages import Built
from dlcore.specs.experiment import Experiment
from dlcore.specs.perceptron import Perceptron

VIEW = {"name": "loss", "kind": "curve"}


def built(spec: Experiment) -> Built:
    return Built(1, 3, spec, 10, (VIEW,), {"weights/axis": np.arange(4, dtype=np.int32)})


def test_a_lab_has_its_title_and_one_outside_the_registry_its_kind() -> None:
    assert describe(built(Toy(seed=2))) == {
        "lab": "toy",
        "title": "toy",
        "spec": Toy(seed=2).as_dict(),
        "steps_an_epoch": 10,
        "epochs": True,
        "views": [VIEW],
    }
    assert describe(built(Perceptron()))["title"] == "Perceptron"


def test_the_packet_holds_the_constants_and_what_is_added() -> None:
    message = built(Toy())
    description = describe(message)
    ((header, arrays),) = decode(description_packet(message, description, None))
    assert header.pop("arrays")
    assert header == {"type": "description", "generation": 3} | description
    assert arrays["weights/axis"].tolist() == [0, 1, 2, 3]
    ((header, _),) = decode(description_packet(message, description, lambda given: {"figures": len(given["views"])}))
    assert header["figures"] == 1 and header["lab"] == "toy"
    assert "figures" not in description


def test_a_failure_to_complete_it_is_logged_and_leaves_the_rest(caplog: pytest.LogCaptureFixture) -> None:
    def broken(_description: Mapping[str, Any]) -> Mapping[str, Any]:
        raise KeyError("no such figure")

    message = built(Toy())
    with caplog.at_level(logging.ERROR, "layerlab.engine"):
        ((header, _),) = decode(description_packet(message, describe(message), broken))
    assert header["lab"] == "toy"
    assert "could not be completed" in caplog.text and "no such figure" in caplog.text
