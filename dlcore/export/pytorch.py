"""A supervised experiment as a stand-alone PyTorch program: a text to learn from that gives the same numbers."""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from typing import Any

from dlcore.export.data import data_code, data_imports
from dlcore.networks.outputs import classes_of, encoding_of, on_logits, outputs_of
from dlcore.specs.data import TableData
from dlcore.specs.spec import Spec
from dlcore.specs.supervised import Supervised
from dlcore.training.activations import ACTIVATIONS
from dlcore.training.initializations import INITIALIZATIONS
from dlcore.training.losses import LOSSES
from dlcore.training.optimizers import OPTIMIZERS
from dlcore.training.rows import find
from dlcore.training.schedules import SCHEDULES

EPOCHS = 100  # of the program for an experiment that goes on until it is paused

_TARGETS = {
    "value": "y = torch.tensor(y, dtype=torch.float32).reshape(-1, 1)",
    "bit": "y = torch.tensor(y, dtype=torch.float32).reshape(-1, 1)  # class 1 is 1, class 0 is 0",
    "sign": "y = 2 * torch.tensor(y, dtype=torch.float32).reshape(-1, 1) - 1  # class 1 is +1, class 0 is -1",
    "index": "y = torch.tensor(y, dtype=torch.int64)",
    "one_hot": "y = nn.functional.one_hot(torch.tensor(y, dtype=torch.int64), {classes}).float()",
}


def as_program(spec: Spec) -> str:
    """A Python program that trains exactly this experiment and prints its final losses and accuracies (or R²).

    It holds only what the experiment uses, and draws random numbers in the order of `dlcore.networks.build` and
    `dlcore.training.batches`; so on the CPU it prints what the lab gives, bit for bit. An experiment without an end
    trains for `EPOCHS` epochs.

    Raises: ValueError: this is not a spec of supervised learning.
    """
    if not isinstance(spec, Supervised):
        raise ValueError(f"spec: expected one of supervised learning; received {type(spec).__name__}")
    parts = [_imports(spec), _data(spec), _network(spec), _training(spec), _results(spec)]
    return "\n\n".join(parts) + "\n"


def _imports(spec: Supervised) -> str:
    training = spec.training
    lines = data_imports(spec.data)
    if training.early_stopping is not None:
        lines = ["import copy", "import math", *lines]
    if _endless(spec) is False:
        lines.append("import itertools")
    if "math." in _schedule_source(spec):
        lines.append("import math")
    standard = sorted(set(lines), key=lambda line: (line.startswith("from"), line))
    first = "\n".join(standard) + "\n\n" if standard else ""
    return (
        f'"""Train a neural network on {_title(spec)}. Written by LayerLab."""\n\n'
        f"{first}import numpy as np\nimport torch\nfrom torch import nn\n\n"
        "torch.set_num_threads(1)  # the fastest way for a small network"
    )


def _title(spec: Supervised) -> str:
    return f"the {spec.data.card.name} data" if spec.data.kind != "drawn" else "points drawn by hand"


def _data(spec: Supervised) -> str:
    lines = ["# ---- data\n", data_code(spec.data, spec.network.features), ""]
    lines += ["x = torch.tensor(x, dtype=torch.float32)", _TARGETS[encoding_of(spec)].format(classes=classes_of(spec))]
    if _device(spec):
        lines.append(f"device = {_device(spec)}")
        lines.append("x, y = x.to(device), y.to(device)")
    lines.append("x_train, y_train, x_test, y_test = x[train], y[train], x[test], y[test]")
    return "\n".join(lines)


def _device(spec: Supervised) -> str:
    return {"cpu": "", "cuda": '"cuda"', "auto": '"cuda" if torch.cuda.is_available() else "cpu"'}[spec.training.device]


def _network(spec: Supervised) -> str:
    network, lines = spec.network, []
    width = len(spec.data.inputs) if isinstance(spec.data, TableData) else len(network.features)
    for layer in network.layers:
        lines.append(f"nn.Linear({width}, {layer.units})")
        if network.batch_norm:
            lines.append(f"nn.BatchNorm1d({layer.units})")
        if layer.activation != "linear":
            lines.append(_module(layer.activation))
        if spec.training.dropout:
            lines.append(f"nn.Dropout({spec.training.dropout!r})")
        width = layer.units
    lines.append(f"nn.Linear({width}, {outputs_of(spec)})")
    if not on_logits(spec) and spec.output != "linear":
        lines.append(_module(spec.output))
    layers = "".join(f"    {line},\n" for line in lines)
    row = find(INITIALIZATIONS, network.initialization, "initialization")
    first = ", ".join(["layer.weight", *([_keywords(row.arguments)] if row.arguments else [])])
    scores = f"  # the outputs are scores; the loss applies the {spec.output}\n" if on_logits(spec) else "\n"
    moved = "network.to(device)\n" if _device(spec) else ""
    return (
        f"# ---- network\ntorch.manual_seed({spec.seed})\nnetwork = nn.Sequential(\n{layers}){scores}"
        "for layer in network:\n    if isinstance(layer, nn.Linear):\n"
        f"        nn.init.{row.function}({first})\n        nn.init.zeros_(layer.bias)\n{moved}"
    ).rstrip("\n")


def _module(name: str) -> str:
    row = find(ACTIVATIONS, name, "activation")
    return f"nn.{row.module}({_keywords(row.arguments)})"


def _keywords(arguments: Mapping[str, Any]) -> str:
    return ", ".join(f"{name}={value!r}" for name, value in arguments.items())


def _modes(spec: Supervised) -> bool:
    # only these two behave differently while training and while measuring
    return bool(spec.network.layers) and (spec.network.batch_norm or spec.training.dropout > 0)


def _training(spec: Supervised) -> str:
    training = spec.training
    row = find(OPTIMIZERS, training.optimizer.kind, "optimizer")
    rate = f"lr={training.learning_rate!r}"
    arguments = ", ".join(["network.parameters()", rate, *_some(_keywords(row.arguments(training.optimizer)))])
    lines = [
        "# ---- training",
        f"loss_function = nn.{find(LOSSES, training.loss, 'loss').module}()",
        f"optimizer = torch.optim.{row.module}({arguments})",
        *_penalty_setup(spec),
        *_some(_schedule_source(spec)),
        "",
        "",
        "def losses():",
        '    """The loss over the whole training set and the whole test set."""',
        *(["    network.eval()"] if _modes(spec) else []),
        "    with torch.no_grad():",
        "        train_loss = loss_function(network(x_train), y_train)",
        "        test_loss = loss_function(network(x_test), y_test)",
        "    return train_loss.item(), test_loss.item()",
        "",
        "",
        *_loop(spec),
    ]
    return "\n".join(lines)


def _some(text: str) -> list[str]:
    return [text] if text else []


def _penalty_setup(spec: Supervised) -> list[str]:
    if not spec.training.l1 and not spec.training.l2:
        return []
    return ["weights = [layer.weight for layer in network if isinstance(layer, nn.Linear)]"]


def _schedule_source(spec: Supervised) -> str:
    schedule = spec.training.schedule
    if schedule.kind == "constant":
        return ""
    return "\n\n" + inspect.getsource(find(SCHEDULES, schedule.kind, "schedule").factor).rstrip("\n")


def _whole(spec: Supervised) -> bool:
    # one batch is the whole training set
    return spec.training.batch_size == "all" or find(OPTIMIZERS, spec.training.optimizer.kind, "optimizer").full_batch


def _endless(spec: Supervised) -> bool | None:
    """None: a number of epochs is given. True: nothing ends it. False: something else does."""
    training = spec.training
    if training.epochs is not None:
        return None
    return training.early_stopping is None and training.stop_loss is None


def _loop(spec: Supervised) -> list[str]:
    training, scheduled = spec.training, spec.training.schedule.kind != "constant"
    lines = []
    if training.early_stopping is not None:
        lines.append("best_loss, best_epoch, best_weights = math.inf, 0, None")
    if not _whole(spec):
        # a single left-over sample has no spread to normalize by
        end = "len(x_train) - 1" if spec.network.batch_norm else "len(x_train)"
        note = "  # batch normalization needs two samples at least" if spec.network.batch_norm else ""
        lines.append(f"starts = range(0, {end}, {training.batch_size}){note}")
    match _endless(spec):
        case None:
            lines.append(f"for epoch in range({training.epochs}):")
        case True:
            lines.append(f"for epoch in range({EPOCHS}):  # in LayerLab, until you press Pause")
        case False:
            lines.append("for epoch in itertools.count():")
    body = []
    if _modes(spec):
        body.append("network.train()")
    if _whole(spec):
        if scheduled:
            body += _set_rate(spec, "epoch")
        body += _update(spec, "x_train", "y_train")
    else:
        body.append("order = torch.randperm(len(x_train))")
        body.append("for number, start in enumerate(starts):" if scheduled else "for start in starts:")
        inner = _set_rate(spec, "(epoch * len(starts) + number) / len(starts)") if scheduled else []
        inner.append(f"batch = order[start : start + {training.batch_size}]")
        body += [f"    {line}" for line in inner + _update(spec, "x_train[batch]", "y_train[batch]")]
    body += _end_of_epoch(spec)
    lines += [f"    {line}" for line in body]
    if training.early_stopping is not None:
        restore = "network.load_state_dict(best_weights)"
        lines += [restore] if training.stop_loss is None else ["else:", f"    {restore}"]
    return lines


def _set_rate(spec: Supervised, epoch: str) -> list[str]:
    schedule = spec.training.schedule
    arguments = ", ".join([epoch, *_some(_keywords(schedule.model_dump(exclude={"kind"})))])
    return [f'optimizer.param_groups[0]["lr"] = {spec.training.learning_rate!r} * {schedule.kind}({arguments})']


def _update(spec: Supervised, x: str, y: str) -> list[str]:
    training = spec.training
    lines = [f"loss = loss_function(network({x}), {y})"]
    terms = []
    if training.l1:
        terms.append(f"{training.l1!r} * sum(w.abs().sum() for w in weights)")
    if training.l2:
        terms.append(f"{training.l2!r} / 2 * sum(w.square().sum() for w in weights)")
    if terms:
        lines += [f"penalty = {' + '.join(terms)}", "loss = loss + penalty"]
    lines += ["optimizer.zero_grad()", "loss.backward()"]
    if training.gradient_clip is not None:
        lines.append(f"nn.utils.clip_grad_norm_(network.parameters(), {training.gradient_clip!r})")
    return [*lines, "optimizer.step()"]


def _end_of_epoch(spec: Supervised) -> list[str]:
    training, stopping = spec.training, spec.training.early_stopping
    if stopping is None and training.stop_loss is None:
        return []
    lines = ["train_loss, test_loss = losses()"]
    if stopping is not None:
        least = f"best_loss - {stopping.min_delta!r}" if stopping.min_delta else "best_loss"
        lines += [
            f"if test_loss < {least}:",
            "    best_loss, best_epoch = test_loss, epoch",
            "    best_weights = copy.deepcopy(network.state_dict())",
            f"elif epoch - best_epoch >= {stopping.patience}:",
            *(["    network.load_state_dict(best_weights)"] if training.stop_loss is not None else []),
            "    break  # the test loss has not fallen for a while",
        ]
    if training.stop_loss is not None:
        lines += [f"if train_loss <= {training.stop_loss!r}:", "    break"]
    return lines


def _results(spec: Supervised) -> str:
    lines = [
        "# ---- results",
        "train_loss, test_loss = losses()",
        'print("train_loss", train_loss)',
        'print("test_loss", test_loss)',
    ]
    encoding = encoding_of(spec)
    lines.append('for part, x, y in (("train", x_train, y_train), ("test", x_test, y_test)):')
    lines += ["    with torch.no_grad():", "        outputs = network(x)"]
    if encoding == "value":
        lines += [
            "    y, outputs = y.double(), outputs.double()",
            "    r2 = 1 - ((y - outputs) ** 2).sum() / ((y - y.mean()) ** 2).sum()",
            '    print(f"{part}_r2", r2.item())',
        ]
        return "\n".join(lines)
    right = {
        "index": "outputs.argmax(dim=1) == y",
        "one_hot": "outputs.argmax(dim=1) == y.argmax(dim=1)",
        "sign": "(outputs > 0) == (y > 0)",
        "bit": f"(outputs > {'0' if on_logits(spec) else '0.5'}) == (y > 0.5)",
    }[encoding]
    return "\n".join([*lines, f"    right = {right}", '    print(f"{part}_accuracy", right.double().mean().item())'])
