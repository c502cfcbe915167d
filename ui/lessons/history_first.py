"""The first eras: from a unit that people wired by hand to networks that find their own features."""

from __future__ import annotations

from dlcore.specs.perceptron import Perceptron
from dlcore.specs.supervised import Supervised
from ui.browser_part import browser_part
from ui.glossary import term
from ui.lessons.history_era import Era, Experience, Question
from ui.live.component import Layout

_PLANE = Layout(top=(("output", 1), ("network", 1)), below=(("mistakes", 1), ("score", 1)))


def _threshold_units() -> None:
    browser_part("layerlab_threshold", "threshold.js", key="threshold part", data={}, on={})


def _rosenblatt(name: str, **data: float) -> Perceptron:
    return Perceptron.parse({"data": {"kind": "generated", "name": name, "samples": 200, **data}})


FIRST: tuple[Era, ...] = (
    Era(
        year=1943,
        title="Thresholds",
        icon=":material/toggle_on:",
        heading="1943: nerve cells as logic",
        text="Warren McCulloch and Walter Pitts describe a nerve cell as a unit that is either silent or fires. It "
        "fires when at least $\\theta$ of the inputs that *excite* it are active and none that *inhibits* it is. Wire "
        "one that computes AND, then OR, NOT, and the rest.",
        question=Question(
            text="Can one such unit compute XOR, “one of the two, but not both”?",
            answers=("Yes, with the right threshold", "No, but three units together can", "No, and neither can many"),
            right=1,
            why="For $x_1$ alone and for $x_2$ alone to make it fire, neither may inhibit. Then both together excite "
            "it at least as much, and it fires. Two units that each look for one of the two cases and a third that "
            "says OR compute it.",
        ),
        could="A net of such units can compute every expression of propositional logic, and, with units that are "
        "active at first and loops, remember. That a machine of simple equal parts can do so was the new thought; it "
        "shaped the theory of automata and the design of the first computers.",
        could_not="Nothing here learns. People chose every link and threshold, as you did. (In their paper a unit that "
        "nothing excites stays silent, so NOT needs a neighbour that is always on: the third input.)",
        source="W. S. McCulloch and W. Pitts: A logical calculus of the ideas immanent in nervous activity. Bulletin "
        "of Mathematical Biophysics 5, 1943.",
        runs=_threshold_units,
    ),
    Era(
        year=1958,
        title="Perceptron",
        icon=":material/linear_scale:",
        heading="1958: a machine that learns from its mistakes",
        text=f"Frank Rosenblatt gives each input a {term('weight')} and lets the machine set the weights itself: the "
        f"{term('perceptron')} moves them after every mistake, and only then. It first ran as a program on an IBM 704; "
        "the Mark I, built afterwards, saw with 400 photocells, and motors turned its weights.",
        question=Question(
            text="Two clouds that hardly overlap: when does it stop correcting itself?",
            answers=("After a round without a mistake", "When the loss no longer falls", "After a fixed time"),
            right=0,
            why="Only mistakes move the weights, so after a whole round without one nothing can ever change again. "
            "If a line separates the points, this is sure to happen (the proof is of 1962).",
        ),
        could="It learns to tell apart whatever a weighted sum of its inputs can tell apart, from examples alone, and "
        "its rule is sure to end then.",
        could_not="Only the last layer learned. What came before it was wired at random and stayed so. And where no "
        "line separates the classes it never comes to rest.",
        source="F. Rosenblatt: The perceptron: a probabilistic model for information storage and organization in the "
        "brain. Psychological Review 65, 1958. The proof: A. Novikoff, 1962.",
        runs=Experience(
            spec=_rosenblatt("gauss", noise=0.1, seed=1),
            layout=_PLANE,
            chance=("seed", "data.seed"),
        ),
        more=(("perceptron", "More on the perceptron"),),
    ),
    Era(
        year=1969,
        title="XOR",
        icon=":material/ac_unit:",
        heading="1969: what one layer cannot do",
        text="Marvin Minsky and Seymour Papert prove what perceptrons can and cannot compute if each of the fixed "
        "units before the last sees only a few inputs. The smallest case is XOR, which no single unit on the inputs "
        "computes. Interest and money turn away from networks.",
        question=Question(
            text="How many of the points does a perceptron get right on XOR once it has come to rest?",
            answers=("Half", "Three quarters", "It does not come to rest"),
            right=2,
            why="To rest it needs a whole round without a mistake, and every line makes some. Watch the mistakes of "
            "each round: they jump up and down, and never reach 0.",
        ),
        could="The book did not say that networks are useless. It gave proofs: parity of many inputs, or whether a "
        "figure hangs together, need units that see very much at once.",
        could_not="That layers of units compute XOR was known, to the authors, too (you wired such a net in 1943). "
        "What was missing was a well-known rule to *teach* the units before the last. The book is often called the "
        "cause of the first winter of the field; sparse results, slow machines and other methods had their share.",
        source="M. Minsky and S. Papert: Perceptrons. MIT Press, 1969.",
        runs=Experience(spec=_rosenblatt("xor"), layout=_PLANE, chance=("seed", "data.seed")),
        more=(("neuron", "Try it by hand, and add a hidden layer"),),
    ),
    Era(
        year=1986,
        title="Backpropagation",
        icon=":material/route:",
        heading="1986: the slope goes backwards",
        text="David Rumelhart, Geoffrey Hinton and Ronald Williams replace the step by a smooth sigmoid. Then the "
        "chain "
        "rule says how much each weight, in every layer, adds to the error. Here as in their paper: sigmoids, squared "
        "error, gradient descent over all samples at once, with momentum.",
        question=Question(
            text="With four hidden units, and first weights drawn by chance: what happens on XOR?",
            answers=("It fails as before", "It nearly always gets there", "It gets there only from lucky weights"),
            right=1,
            why="Each hidden unit gets a hint of its own: which way to move so that the *end* comes out better. With "
            "two hidden units, the fewest that can do it, about one start in four gets stuck; with four hardly any. "
            "Try both, a few times.",
        ),
        could="Hidden units find features that nobody has told them. The same rule works for any number of layers, and "
        "it is still how networks are trained.",
        could_not="Networks of many sigmoid layers hardly learned: the slope shrinks on its way back. Data were few "
        "and computers slow. And the idea was not new: reverse accumulation was published by Seppo Linnainmaa in 1970, "
        "and Paul Werbos proposed it for networks in the years that followed. Now it was seen to work.",
        source="D. E. Rumelhart, G. E. Hinton and R. J. Williams: Learning representations by back-propagating errors. "
        "Nature 323, 1986.",
        runs=Experience(
            # scores over several seeds are recorded in tests/ui/lessons/test_history.py
            spec=Supervised.parse(
                {
                    "data": {"kind": "generated", "name": "xor", "samples": 200},
                    "network": {"layers": [{"units": 4, "activation": "sigmoid"}], "output": "sigmoid"},
                    "training": {
                        "loss": "mse",
                        "optimizer": "momentum",
                        "learning_rate": 0.5,
                        "batch_size": "all",
                        "epochs": 600,
                    },
                }
            ),
            layout=Layout(
                top=(("network", 2), ("output", 1)),
                below=(("loss", 1), ("score", 1)),
                tabs=(("Gradients", ("gradient_norm", "gradients")), ("Weights", ("weights",))),
            ),
            chance=("seed",),
            choices={"network.layers.0.units": ("Hidden units ↻", (2, 3, 4, 8))},
        ),
    ),
)
