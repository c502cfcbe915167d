"""The training part of an exported program: loss, optimizer, the loop, its end, and the results."""

from __future__ import annotations

import inspect
from dataclasses import dataclass

from dlcore.export.calls import keywords
from dlcore.networks.outputs import classes_of, encoding_of, on_logits
from dlcore.specs.learns import Learns
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


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkText:
    """What the training part needs to know of the network's part of the program.

    `modes`: whether a layer behaves differently while training and while measuring. `answers`: the name that gives the
    outputs for a whole part of the samples. `weights`: an expression for the list of weights that L1 and L2 act on.
    `loss`: one for the loss, where it is not a module of `torch.nn` that the spec names. `augment`: the name of a
    function that changes the inputs of an update, where there is one.
    """

    modes: bool
    answers: str
    weights: str
    loss: str = ""
    augment: str = ""

    def seen(self, x: str) -> str:
        """What the network sees of the inputs of an update."""
        return f"{self.augment}({x})" if self.augment else x


def standard_imports(spec: Learns) -> list[str]:
    """The standard library's names that the training part uses, as import lines."""
    lines = []
    if spec.training.early_stopping is not None:
        lines += ["import copy", "import math"]
    if _endless(spec) is False:
        lines.append("import itertools")
    if "math." in _schedule_source(spec):
        lines.append("import math")
    return lines


def imports_code(title: str, standard: list[str], of_torch: str = "nn") -> str:
    """The head of a program: what it does, and its imports; `of_torch` are the names out of PyTorch."""
    lines = sorted(set(standard), key=lambda line: (line.startswith("from"), line))
    first = "\n".join(lines) + "\n\n" if lines else ""
    return (
        f'"""Train a neural network on {title}. Written by LayerLab."""\n\n'
        f"{first}import numpy as np\nimport torch\nfrom torch import {of_torch}\n\n"
        "torch.set_num_threads(1)  # the fastest way for a small network"
    )


def tensors_code(spec: Learns) -> str:
    """From `x` and `y` and the row numbers `train` and `test` to the tensors of both parts, on their device."""
    lines = [
        *_rare_classes(spec),
        "x = torch.tensor(x, dtype=torch.float32)",
        _TARGETS[encoding_of(spec)].format(classes=classes_of(spec)),
    ]
    if device_of(spec):
        named = [] if spec.training.class_weights != "none" else [f"device = {device_of(spec)}"]
        lines += [*named, "x, y = x.to(device), y.to(device)"]
    lines.append("x_train, y_train, x_test, y_test = x[train], y[train], x[test], y[test]")
    return "\n".join(lines)


def _rare_classes(spec: Learns) -> list[str]:
    """How often each class is there to learn from, and what follows for the loss and for the batches."""
    training = spec.training
    if training.class_weights == "none" and not training.oversampling:
        return []
    lines = ["label = torch.tensor(y, dtype=torch.int64)[train]", "counts = torch.bincount(label)"]
    if training.class_weights != "none":
        column = "" if encoding_of(spec) == "index" else ".reshape(-1, 1)"
        moved = ".to(device)" if device_of(spec) else ""
        lines += [
            "# what a sample counts in the loss: together, every class as much as any other",
            f"importance = (len(label) / (counts.count_nonzero() * counts))[label]{column}{moved}",
        ]
        if moved:
            lines.insert(0, f"device = {device_of(spec)}")
    if training.oversampling:
        lines += [
            "# how likely a sample is drawn: every class as often as any other",
            "chances = (1 / counts)[label]",
        ]
    return lines


def device_of(spec: Learns) -> str:
    """The device as an expression; empty for the CPU, where nothing needs to be moved."""
    return {"cpu": "", "cuda": '"cuda"', "auto": '"cuda" if torch.cuda.is_available() else "cpu"'}[spec.training.device]


def training_code(spec: Learns, network: NetworkText) -> str:
    """The training loop, from the loss to the end, and a function `losses` that measures both parts."""
    training = spec.training
    row = find(OPTIMIZERS, training.optimizer.kind, "optimizer")
    rate = f"lr={training.learning_rate!r}"
    arguments = ", ".join(["network.parameters()", rate, *_some(keywords(row.arguments(training.optimizer)))])
    lines = [
        "# ---- training",
        f"loss_function = {network.loss or _loss(spec)}",
        *_loss_of_updates(spec),
        f"optimizer = torch.optim.{row.module}({arguments})",
        *_penalty_setup(spec, network),
        *_some(_schedule_source(spec)),
        "",
        "",
        "def losses():",
        '    """The loss over the whole training set and the whole test set."""',
        *(["    network.eval()"] if network.modes else []),
        "    with torch.no_grad():",
        f"        train_loss = loss_function({network.answers}(x_train), y_train)",
        f"        test_loss = loss_function({network.answers}(x_test), y_test)",
        "    return train_loss.item(), test_loss.item()",
        "",
        "",
        *_loop(spec, network),
    ]
    return "\n".join(lines)


def _loss(spec: Learns) -> str:
    return f"nn.{find(LOSSES, spec.training.loss, 'loss').module}()"


def _some(text: str) -> list[str]:
    return [text] if text else []


def _loss_of_updates(spec: Learns) -> list[str]:
    """The loss that is learned from, where it is not the one that is shown."""
    training = spec.training
    smoothing = [f"label_smoothing={training.label_smoothing!r}"] if training.label_smoothing else []
    weighted = training.class_weights != "none"
    if not smoothing and not weighted:
        return []
    arguments = ", ".join([*(['reduction="none"'] if weighted else []), *smoothing])
    name = "loss_of_each" if weighted else "loss_of_batch"
    return [f"{name} = nn.{find(LOSSES, training.loss, 'loss').module}({arguments})"]


def _penalty_setup(spec: Learns, network: NetworkText) -> list[str]:
    if not spec.training.l1 and not spec.training.l2:
        return []
    return [f"weights = {network.weights}"]


def _schedule_source(spec: Learns) -> str:
    schedule = spec.training.schedule
    if schedule.kind == "constant":
        return ""
    return "\n\n" + inspect.getsource(find(SCHEDULES, schedule.kind, "schedule").factor).rstrip("\n")


def _whole(spec: Learns) -> bool:
    # one batch is the whole training set
    return spec.training.batch_size == "all" or find(OPTIMIZERS, spec.training.optimizer.kind, "optimizer").full_batch


def _endless(spec: Learns) -> bool | None:
    """None: a number of epochs is given. True: nothing ends it. False: something else does."""
    training = spec.training
    if training.epochs is not None:
        return None
    return training.early_stopping is None and training.stop_loss is None


def _loop(spec: Learns, network: NetworkText) -> list[str]:
    training, scheduled = spec.training, spec.training.schedule.kind != "constant"
    lines = []
    if training.early_stopping is not None:
        lines.append("best_loss, best_epoch, best_weights = math.inf, 0, None")
    if not _whole(spec):
        # a single left-over sample has no spread to normalize by
        end = "len(x_train) - 1" if spec.batch_norm else "len(x_train)"
        note = "  # batch normalization needs two samples at least" if spec.batch_norm else ""
        lines.append(f"starts = range(0, {end}, {training.batch_size}){note}")
    match _endless(spec):
        case None:
            lines.append(f"for epoch in range({training.epochs}):")
        case True:
            lines.append(f"for epoch in range({EPOCHS}):  # in LayerLab, until you press Pause")
        case False:
            lines.append("for epoch in itertools.count():")
    body = []
    if network.modes:
        body.append("network.train()")
    if _whole(spec):
        if scheduled:
            body += _set_rate(spec, "epoch")
        body += _update(spec, network.seen("x_train"), "y_train", "importance")
    else:
        drawn = "torch.multinomial(chances, len(x_train), replacement=True)"
        body.append(f"order = {drawn if training.oversampling else 'torch.randperm(len(x_train))'}")
        body.append("for number, start in enumerate(starts):" if scheduled else "for start in starts:")
        inner = _set_rate(spec, "(epoch * len(starts) + number) / len(starts)") if scheduled else []
        inner.append(f"batch = order[start : start + {training.batch_size}]")
        body += [
            f"    {line}"
            for line in inner + _update(spec, network.seen("x_train[batch]"), "y_train[batch]", "importance[batch]")
        ]
    body += _end_of_epoch(spec)
    lines += [f"    {line}" for line in body]
    if training.early_stopping is not None:
        restore = "network.load_state_dict(best_weights)"
        lines += [restore] if training.stop_loss is None else ["else:", f"    {restore}"]
    return lines


def _set_rate(spec: Learns, epoch: str) -> list[str]:
    schedule = spec.training.schedule
    arguments = ", ".join([epoch, *_some(keywords(schedule.model_dump(exclude={"kind"})))])
    return [f'optimizer.param_groups[0]["lr"] = {spec.training.learning_rate!r} * {schedule.kind}({arguments})']


def _update(spec: Learns, x: str, y: str, importance: str) -> list[str]:
    training = spec.training
    if training.class_weights == "none":
        function = "loss_of_batch" if training.label_smoothing else "loss_function"
        lines = [f"loss = {function}(network({x}), {y})"]
    else:
        lines = [f"loss = (loss_of_each(network({x}), {y}) * {importance}).mean()"]
    terms = []
    if training.l1 and not training.l1_proximal:
        terms.append(f"{training.l1!r} * sum(w.abs().sum() for w in weights)")
    if training.l2:
        terms.append(f"{training.l2!r} / 2 * sum(w.square().sum() for w in weights)")
    if terms:
        lines += [f"penalty = {' + '.join(terms)}", "loss = loss + penalty"]
    lines += ["optimizer.zero_grad()", "loss.backward()"]
    if training.gradient_clip is not None:
        lines.append(f"nn.utils.clip_grad_norm_(network.parameters(), {training.gradient_clip!r})")
    lines.append("optimizer.step()")
    if training.l1 and training.l1_proximal:
        lines += [
            f"shrink_by = optimizer.param_groups[0]['lr'] * {training.l1!r}",
            "with torch.no_grad():",
            "    for w in weights:",
            "        w.copy_(w.sign() * (w.abs() - shrink_by).clamp(min=0))",
        ]
    return lines


def _end_of_epoch(spec: Learns) -> list[str]:
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


def results_code(spec: Learns, network: NetworkText) -> str:
    """Printing the final losses and scores, a name and a number a line."""
    lines = [
        "# ---- results",
        "train_loss, test_loss = losses()",
        'print("train_loss", train_loss)',
        'print("test_loss", test_loss)',
    ]
    encoding = encoding_of(spec)
    lines.append('for part, x, y in (("train", x_train, y_train), ("test", x_test, y_test)):')
    lines += ["    with torch.no_grad():", f"        outputs = {network.answers}(x)"]
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
