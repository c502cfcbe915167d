"""Hypothesis strategies for valid specs of every kind, and for JSON that may be anything."""

from __future__ import annotations

import json
from typing import Any, cast

from hypothesis import assume
from hypothesis import strategies as st

from datasets.registry import DATASETS
from dlcore.networks.features import FEATURES
from dlcore.networks.outputs import outputs_of
from dlcore.networks.repairs import repair
from dlcore.networks.shapes import walk
from dlcore.networks.signal import Signal
from dlcore.specs import limits
from dlcore.specs.data import AnyData, DataSpec, DrawnData, GeneratedData, ImageData, Point, SeriesData, TableData, Task
from dlcore.specs.descent import Descent
from dlcore.specs.detection import Detection
from dlcore.specs.edits import apply_edits
from dlcore.specs.layered import Layered
from dlcore.specs.layers import DenseLayer, Layer
from dlcore.specs.network import Dense, NetworkSpec
from dlcore.specs.perceptron import Perceptron
from dlcore.specs.race import Race
from dlcore.specs.scenes import SceneData, SceneExperiment
from dlcore.specs.segmentation import Segmentation
from dlcore.specs.supervised import Supervised
from dlcore.specs.training import EarlyStopping, TrainingSpec
from dlcore.training.activations import ACTIVATIONS
from dlcore.training.initializations import INITIALIZATIONS, LAYER_INITIALIZATIONS
from dlcore.training.losses import LOSSES
from dlcore.training.optimizers import OPTIMIZERS
from dlcore.training.rows import find
from dlcore.training.schedules import SCHEDULES
from dlcore.training.surfaces import SURFACES
from tests.dlcore.networks.stacks import SUITABLE

seeds = st.integers(0, limits.SEED)
shares = st.floats(0.1, 0.9)
coordinates = st.floats(-6.0, 6.0)

generated_names = st.sampled_from([row.name for row in DATASETS if row.kind == "generated"])


@st.composite
def made_points(draw: st.DrawFn) -> GeneratedData:
    """Points made on the plane; of a set with a rare class any share of it, or its usual one; maybe a fold."""
    name, samples = draw(generated_names), draw(st.integers(20, limits.SAMPLES))
    rare = next(row for row in DATASETS if row.name == name).positives is not None
    folds = draw(st.none() | st.integers(2, limits.FOLDS))
    return GeneratedData(
        name=name,
        samples=samples,
        noise=draw(st.floats(0.0, 0.5)),
        positives=draw(st.none() | st.floats(max(0.005, 3 / samples), 0.5)) if rare else None,
        test_share=draw(shares),
        folds=folds,
        fold=0 if folds is None else draw(st.integers(0, folds - 1)),
        seed=draw(seeds),
    )


generated_data = made_points()


@st.composite
def table_data(draw: st.DrawFn) -> TableData:
    """A real data set with some of its features as inputs, two of them on the axes."""
    row = draw(st.sampled_from([row for row in DATASETS if row.kind == "table"]))
    features = draw(st.just(()) | st.lists(st.sampled_from(row.features), min_size=1, unique=True).map(tuple))
    inputs = features or row.features
    axes: tuple[str, str] | None = None
    if len(inputs) > 1:
        pairs = st.tuples(st.sampled_from(inputs), st.sampled_from(inputs)).filter(lambda pair: pair[0] != pair[1])
        axes = draw(st.none() | pairs)
    return TableData(
        name=row.name,
        features=features,
        axes=axes,
        scaling=draw(st.sampled_from(["standard", "minmax", "none"])),
        test_share=draw(shares),
        seed=draw(seeds),
    )


@st.composite
def drawn_data(draw: st.DrawFn, *, least: int = 4, most: int = 30, three: bool | None = None) -> DrawnData:
    """Points drawn by hand, `least` … `most` of each of two classes, or of three (None: either), mixed.

    With the default `least` the data can be prepared and learned from; `least=0` gives any valid data.
    """
    classes = 3 if (draw(st.booleans()) if three is None else three) else 2
    labels = [label for label in range(classes) for _ in range(draw(st.integers(least, most)))]
    places = st.tuples(coordinates, coordinates)
    points = [Point(x1=x1, x2=x2, label=label) for label in draw(st.permutations(labels)) for x1, x2 in [draw(places)]]
    return DrawnData(points=tuple(points), test_share=draw(shares), seed=draw(seeds))


data_specs: st.SearchStrategy[DataSpec] = generated_data | table_data() | drawn_data()

layers = st.builds(
    Dense,
    units=st.integers(1, limits.UNITS),
    activation=st.sampled_from([row.name for row in ACTIVATIONS if row.hidden]),
)


@st.composite
def optimizers(draw: st.DrawFn) -> dict[str, Any]:
    """The plain values of any optimizer with any settings of its own."""
    row = draw(st.sampled_from(OPTIMIZERS))
    chosen = {
        name: draw(st.floats(least, below, exclude_max=True))
        for name, _argument, _default, least, below in row.settings
    }
    return {"kind": row.name, **chosen}


@st.composite
def schedules(draw: st.DrawFn) -> dict[str, Any]:
    """The plain values of any schedule with any settings of its own."""
    row = draw(st.sampled_from(SCHEDULES))
    highest = {"decay": 1.0}
    return {
        "kind": row.name,
        **{name: draw(st.floats(0.01, highest.get(name, float(limits.EPOCHS)))) for name, _default in row.settings},
    }


@st.composite
def training_specs(draw: st.DrawFn, task: Task, *, batch_norm: bool = False) -> TrainingSpec:
    """Training with a loss that suits the task; with batch normalization no batches of one."""
    batches = st.integers(2 if batch_norm else 1, limits.BATCH)
    optimizer, batch = draw(optimizers()), draw(batches | st.just("all"))
    few = batch != "all" and not find(OPTIMIZERS, optimizer["kind"], "optimizer").full_batch
    classes = task != "regression"
    loss = draw(st.sampled_from([row.name for row in LOSSES if task in row.outputs]))
    return TrainingSpec.parse(
        {
            "loss": loss,
            "optimizer": optimizer,
            "learning_rate": draw(st.floats(0.0, limits.LEARNING_RATE, exclude_min=True)),
            "schedule": draw(schedules()),
            "batch_size": batch,
            "class_weights": draw(st.sampled_from(["none", "balanced"])) if classes else "none",
            "oversampling": draw(st.booleans()) if classes and few else False,
            "label_smoothing": draw(st.floats(0.0, 0.9)) if loss == "cross_entropy" else 0.0,
            "l1": draw(st.floats(0.0, 10.0)),
            "l1_proximal": draw(st.booleans()),
            "l2": draw(st.floats(0.0, 10.0)),
            "dropout": draw(st.floats(0.0, 0.9)),
            "gradient_clip": draw(st.none() | st.floats(0.0, 1e6, exclude_min=True)),
            "early_stopping": draw(
                st.none()
                | st.builds(EarlyStopping, patience=st.integers(1, limits.EPOCHS), min_delta=st.floats(0.0, 1.0))
            ),
            "epochs": draw(st.none() | st.integers(1, limits.EPOCHS)),
            "stop_loss": draw(st.none() | st.floats(0.0, exclude_min=True, allow_infinity=False)),
            "device": draw(st.sampled_from(["auto", "cpu", "cuda"])),
        }
    )


@st.composite
def supervised_specs(draw: st.DrawFn, data: st.SearchStrategy[DataSpec] = data_specs) -> Supervised:
    """Any valid experiment in supervised learning."""
    chosen = draw(data)
    batch_norm = draw(st.booleans())
    training = draw(training_specs(chosen.task, batch_norm=batch_norm))
    fitting = next(row for row in LOSSES if row.name == training.loss).outputs[chosen.task]
    network = NetworkSpec(
        features=draw(st.lists(st.sampled_from([row.name for row in FEATURES]), min_size=1, unique=True).map(tuple)),
        layers=tuple(draw(st.lists(layers, max_size=limits.HIDDEN_LAYERS))),
        output=draw(st.sampled_from(["auto", *fitting])),
        initialization=draw(st.sampled_from([row.name for row in INITIALIZATIONS])),
        batch_norm=batch_norm,
    )
    return Supervised(data=chosen, network=network, training=training, seed=draw(seeds))


image_data = st.builds(
    ImageData,
    name=st.sampled_from([row.name for row in DATASETS if row.kind == "images" and not row.held_out]),
    samples=st.integers(20, 60),
    test_share=st.none() | shares,
    seed=seeds,
)
small_data: st.SearchStrategy[AnyData] = (
    image_data
    | st.builds(ImageData, name=st.just("textures"), samples=st.integers(20, 60), seed=seeds)
    | st.builds(GeneratedData, name=generated_names, samples=st.integers(20, 60), test_share=shares, seed=seeds)
    | st.builds(SeriesData, samples=st.integers(20, 60), noise=st.floats(0.0, 0.5), test_share=shares, seed=seeds)
    | table_data()
    | drawn_data(least=0)
)


@st.composite
def layered_specs(draw: st.DrawFn) -> Layered:
    """Any valid experiment with a stack of up to four small layers, and what it takes to end with scores."""
    data = draw(small_data)
    settings = draw(training_specs(data.task, batch_norm=True)).as_dict() | {"dropout": 0.0}
    first_weights = draw(st.sampled_from([row.name for row in LAYER_INITIALIZATIONS]))
    asked: dict[str, Any] = {"data": data, "training": settings, "seed": draw(seeds), "initialization": first_weights}
    first = Layered.model_construct(data=data, training=TrainingSpec.parse(settings))  # its layers are still to come
    scores, stack = outputs_of(first), cast("tuple[Layer, ...]", ())
    for _ in range(draw(st.integers(0, 4))):
        end = walk(stack, first.given).output
        stack = _repaired((*stack, draw(SUITABLE[len(end.axes)])), first.given)
    stack = _repaired(stack, first.given, scores)
    stack = stack or (DenseLayer(units=scores),)
    assume(walk(stack, first.given).parameters > 0 and walk(stack, first.given).memory < 500_000)
    return Layered.parse(asked | {"layers": stack})


def _repaired(stack: tuple[Layer, ...], given: Signal, scores: int | None = None) -> tuple[Layer, ...]:
    while (remedy := repair(stack, walk(stack, given, scores=scores), scores=scores)) is not None:
        stack = apply_edits(stack, remedy.edits)
    return stack


perceptron_specs = st.builds(
    Perceptron,
    data=data_specs.filter(lambda data: data.task == "binary"),
    learning_rate=st.floats(0.0, limits.LEARNING_RATE, exclude_min=True),
    epochs=st.none() | st.integers(1, limits.EPOCHS),
    seed=seeds,
)

scene_data = st.builds(
    SceneData,
    samples=st.integers(20, 40),
    objects=st.integers(1, 4),
    clutter=st.integers(0, 20),
    noise=st.floats(0.0, 0.5),
    test_share=shares,
    seed=seeds,
)


@st.composite
def scene_specs(draw: st.DrawFn) -> SceneExperiment:
    """Any valid experiment with few scenes and a small network."""
    lab = draw(st.sampled_from([Detection, Segmentation]))
    levels = draw(st.integers(2, 4) if lab is Detection else st.integers(1, 3))
    batch_norm = draw(st.booleans())
    losses = ["iou", "huber"] if lab is Detection else ["cross_entropy", "dice", "cross_entropy_dice"]
    known = {"dropout": 0.0, "class_weights": "none", "oversampling": False, "loss": draw(st.sampled_from(losses))}
    return lab.parse(
        {
            "data": draw(scene_data),
            "network": {"levels": levels, "channels": draw(st.integers(2, 4)), "batch_norm": batch_norm},
            "training": draw(training_specs("regression", batch_norm=batch_norm)).as_dict() | known,
            "seed": draw(seeds),
        }
    )


@st.composite
def race_specs(draw: st.DrawFn) -> Race:
    """Any base with up to three variants that differ in seeds or in the learning rate."""
    paths = {"seed": seeds, "data.seed": seeds, "training.learning_rate": st.floats(1e-6, limits.LEARNING_RATE)}
    changes = st.fixed_dictionaries({}, optional=paths)
    variants = draw(st.lists(changes, min_size=1, max_size=3))
    base = draw(supervised_specs() | layered_specs())
    rows = [{"title": f"{number}", "changes": change} for number, change in enumerate(variants)]
    clock = {"timed": draw(st.booleans()), "goal": draw(st.integers(1, 100))}
    return Race.parse({"base": base, "variants": rows, **clock})


@st.composite
def descent_specs(draw: st.DrawFn) -> Descent:
    """Any surface with up to four balls that start anywhere on it."""
    row = draw(st.sampled_from(SURFACES))
    settings = {name: draw(st.floats(least, most)) for name, _, least, most in row.settings}
    rates = st.floats(0.0, limits.LEARNING_RATE, exclude_min=True)
    racers = [
        {"optimizer": draw(optimizers()), "learning_rate": draw(rates), "title": f"{number}"}
        for number in range(draw(st.integers(1, 4)))
    ]
    return Descent.parse(
        {
            "surface": {"kind": row.name, **settings},
            "start": [draw(st.floats(low, high)) for low, high in row.range],
            "noise": draw(st.none() | st.floats(0.0, 100.0)),
            "racers": racers,
            "steps": draw(st.integers(1, limits.DESCENT_STEPS)),
            "seed": draw(seeds),
        }
    )


specs: st.SearchStrategy[Supervised | Layered | SceneExperiment | Race | Perceptron | Descent] = (
    supervised_specs() | layered_specs() | scene_specs() | race_specs() | perceptron_specs | descent_specs()
)

anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=8,
)


@st.composite
def damaged(draw: st.DrawFn) -> dict[str, Any]:
    """The plain values of a valid spec with one to three places, at any depth, replaced, removed or added."""
    values: dict[str, Any] = json.loads(draw(specs).as_json())
    for _ in range(draw(st.integers(1, 3))):
        part: Any = values
        while True:
            keys = list(part) if isinstance(part, dict) else list(range(len(part)))
            if not keys:
                break
            key = draw(st.sampled_from(keys))
            if isinstance(part[key], dict | list) and part[key] and draw(st.booleans()):
                part = part[key]
                continue
            if draw(st.integers(0, 3)) == 0:
                del part[key]
            else:
                part[key] = draw(anything)
            break
        if isinstance(part, dict) and draw(st.integers(0, 4)) == 0:
            part[draw(st.text(max_size=8))] = draw(anything)
    return values
