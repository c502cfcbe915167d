"""The later eras: images, and networks of many layers."""

from __future__ import annotations

from typing import Any

from dlcore.networks.starting_points import STARTING_POINTS
from dlcore.specs.layered import Layered
from dlcore.specs.race import Race
from dlcore.training.rows import find
from ui.lessons.history_era import Era, Experience, Question
from ui.live.component import Layout

_RACE = Layout(
    top=(("loss", 1), ("score", 1)),
    below=(("scores", 1),),
    tabs=(("Confusion", [f"confusion_{number}" for number in range(3)]), ("Precision and recall", ("report",))),
)
_DIGITS = {"kind": "images", "name": "digits", "samples": 1000, "test_share": 0.5}
_SGD = {"loss": "cross_entropy", "optimizer": "momentum", "learning_rate": 0.02, "batch_size": 16}


def _flat(*layers: dict[str, Any]) -> list[dict[str, Any]]:
    return [{"kind": "flatten"}, *layers, {"kind": "dense", "units": 10}]


def _deep(function: str, *, dropout: bool = False) -> list[dict[str, Any]]:
    """Four hidden layers of 128; dropout behind the last two, as in the network of 2012."""
    layers: list[dict[str, Any]] = []
    for number in range(4):
        layers += [{"kind": "dense", "units": 128}, {"kind": "activation", "function": function}]
        if dropout and number >= 2:
            layers.append({"kind": "dropout", "rate": 0.5})
    return _flat(*layers)


def _very_deep(*, residual: bool) -> list[dict[str, Any]]:
    """Seventeen hidden layers of 32, two by two with a way past or without."""
    relu: dict[str, Any] = {"kind": "activation", "function": "relu"}
    dense: dict[str, Any] = {"kind": "dense", "units": 32}
    pair = [dense, relu, dense]
    block: list[dict[str, Any]] = [{"kind": "residual", "layers": pair}, relu] if residual else [*pair, relu]
    return _flat(dense, relu, *block * 8)


def _race(training: dict[str, Any], variants: dict[str, list[dict[str, Any]]]) -> Race:
    (_, first), *_ = variants.items()
    return Race.parse(
        {
            "base": {"kind": "layered", "data": _DIGITS, "layers": first, "training": {**_SGD, **training}},
            "variants": [{"title": title, "changes": {"layers": layers}} for title, layers in variants.items()],
        }
    )


# Scores over several seeds are recorded in tests/ui/lessons/test_history.py.
LENET = Layered(layers=find(STARTING_POINTS, "lenet5", "name").layers).replace(
    {"training.optimizer": "momentum", "training.learning_rate": 0.02, "training.batch_size": 16, "training.epochs": 6}
)
RELU = _race(
    {"epochs": 60},
    {"Sigmoid": _deep("sigmoid"), "ReLU": _deep("relu"), "ReLU and dropout": _deep("relu", dropout=True)},
)
RESIDUAL = _race({"epochs": 20}, {"Plain": _very_deep(residual=False), "With shortcuts": _very_deep(residual=True)})

DEEP: tuple[Era, ...] = (
    Era(
        year=1998,
        title="LeNet",
        icon=":material/edit_note:",
        heading="1998: a network that reads",
        text="Yann LeCun, Léon Bottou, Yoshua Bengio and Patrick Haffner train convolutions by backpropagation: a few "
        "weights slide over the whole image, pooling makes the maps smaller. This is nearly their LeNet-5, with tanh "
        "and average pooling as then, on 4,000 handwritten digits in place of 60,000.",
        question=Question(
            text="After six rounds through 4,000 digits: how many of the 1,000 others does it read?",
            answers=("About half", "About 95 of 100", "All of them"),
            right=1,
            why="Shared weights need few examples, for a stroke that was learned in one place is known everywhere. "
            "With all 60,000 digits LeNet-5 missed fewer than one in a hundred.",
        ),
        could="Bank cheques were read by such networks for years, in large numbers.",
        could_not="Photographs were out of reach: there were too few labelled ones, and computers were far too slow "
        "for larger networks. On many small sets other methods, such as support vector machines, did "
        "as well with less trouble, and most of the field used those.",
        source="Y. LeCun, L. Bottou, Y. Bengio and P. Haffner: Gradient-based learning applied to document "
        "recognition. "
        "Proceedings of the IEEE 86 (11), 1998.",
        runs=Experience(
            spec=LENET,
            layout=Layout(
                top=(("maps", 1),),
                below=(("filters", 1), ("loss", 1), ("score", 1)),
                tabs=(("Confusion", ("confusion", "report")), ("Mistakes", ("mistakes", "class_accuracy"))),
            ),
            chance=("seed",),
        ),
        more=(("cnn", "Convolutions, taken apart"),),
    ),
    Era(
        year=2012,
        title="ReLU and dropout",
        icon=":material/bolt:",
        heading="2012: deep networks learn",
        text="Alex Krizhevsky, Ilya Sutskever and Geoffrey Hinton win the ImageNet contest by far: eight layers, two "
        "graphics cards, a million photographs. Two of their means fit on this page: ReLU in place of a saturating "
        "activation, and dropout, which silences half of the units of a layer at every update.",
        question=Question(
            text="Four hidden layers on digits, the same steps for all: what does the one with sigmoids do?",
            answers=("It learns more slowly", "It hardly learns anything", "It learns as well as the others"),
            right=1,
            why="The slope of a sigmoid is 1/4 at most, and each layer multiplies by it (and by its weights) on the "
            "way back. What reaches the first layers is next to nothing, so for a long time the network says the same "
            "for every image: one "
            "digit in ten is right by chance. The slope of a ReLU is 1 wherever it is active.",
        ),
        could="In the contest of 2012 the right answer was among the first five for 84.7 % of the photographs; the "
        "next best reached 73.8 %. Within a few years nearly all who worked on vision had changed over.",
        could_not="Dropout is no free gift: it slows learning down, and in a network as small as these it gains about "
        "one digit in a hundred or nothing. It was made for layers of thousands of units. Nor do ReLUs cure all: a "
        "unit whose sum is negative for every sample has slope 0 and stays silent.",
        source="A. Krizhevsky, I. Sutskever and G. E. Hinton: ImageNet classification with deep convolutional neural "
        "networks. NIPS 2012. Dropout: G. E. Hinton and others, 2012. ReLU before: V. Nair and G. E. Hinton, 2010; X. "
        "Glorot, A. Bordes and Y. Bengio, 2011.",
        runs=Experience(spec=RELU, layout=_RACE, chance=("base.seed", "base.data.seed")),
    ),
    Era(
        year=2015,
        title="Shortcuts",
        icon=":material/alt_route:",
        heading="2015: a way past every layer",
        text="Kaiming He, Xiangyu Zhang, Shaoqing Ren and Jian Sun add the input of each pair of layers to its output: "
        "$y = F(x) + x$. A pair that has nothing to add can leave its input as it is, and the slope finds a way back "
        "that no layer can close. Here: 17 hidden layers with ReLU, without and with such shortcuts.",
        question=Question(
            text="Both networks have the same layers and weights. What does the plain one do?",
            answers=("It learns as well", "It learns, only more slowly", "It does not learn at all"),
            right=2,
            why="With PyTorch's usual first weights every layer of this plain stack makes the signal and the slope "
            "smaller, and after 17 of them nothing is left: every image gives nearly the same scores. Larger first "
            "weights or batch normalization help the plain one, too. But in 2015 plain networks got worse beyond some "
            "twenty layers even with these.",
        ),
        could="Networks of up to 152 layers won the ImageNet contest of 2015, and there were some of more than a "
        "thousand. "
        "Nearly every deep network since has such shortcuts, transformers among them.",
        could_not="Depth alone does not make a network better: on a small set their network of 1,202 layers was worse "
        "than that of 110, by over-fitting, as they suppose.",
        source="K. He, X. Zhang, S. Ren and J. Sun: Deep residual learning for image recognition. arXiv 1512.03385, "
        "2015; CVPR 2016.",
        runs=Experience(spec=RESIDUAL, layout=_RACE, chance=("base.seed", "base.data.seed")),
        more=(("builder", "Stack such layers in the Builder"), ("scenes", "Of the same year: the U-Net, on Scenes")),
    ),
)
