"""From a spec to a network: an ordinary `nn.Sequential` whose children carry the names that learners see."""

from __future__ import annotations

from collections import OrderedDict

from torch import Tensor, nn

from dlcore.networks.dropout import SeenDropout
from dlcore.networks.outputs import on_logits, outputs_of
from dlcore.specs.learns import Learns
from dlcore.specs.supervised import Supervised
from dlcore.training.activations import ACTIVATIONS
from dlcore.training.initializations import INITIALIZATIONS
from dlcore.training.rows import find

__all__ = ["activation", "build", "initialize", "output_activation", "outputs_of", "predict", "with_dropout"]


def build(spec: Supervised, inputs: int, outputs: int) -> nn.Sequential:
    """The network of a spec, (n, inputs) -> (n, outputs), float32 on the CPU.

    Children in order: for each hidden layer l = 1, 2, … `hidden<l>`, `norm<l>` (only with batch normalization),
    `activation<l>`, `dropout<l>` (only where the rate is above 0; `with_dropout` changes it); then `output` and,
    unless the loss works on scores, `output_activation`.

    Random numbers come from PyTorch's global generator, in this order: the layers are made from input to output (each
    `nn.Linear` draws its own first values), then `initialize` draws all weights from input to output. Call
    `torch.manual_seed(spec.seed)` right before for the network that belongs to the spec.

    Raises: ValueError: `inputs` is below 1, or `outputs` is not what data and loss ask for.
    """
    if inputs < 1:
        raise ValueError(f"inputs: a network needs at least 1 input; received {inputs}")
    if outputs != outputs_of(spec):
        raise ValueError(f"outputs: this data and loss need {outputs_of(spec)}; received {outputs}")
    layers: OrderedDict[str, nn.Module] = OrderedDict()
    width = inputs
    for number, layer in enumerate(spec.network.layers, start=1):
        layers[f"hidden{number}"] = nn.Linear(width, layer.units)
        if spec.network.batch_norm:
            layers[f"norm{number}"] = nn.BatchNorm1d(layer.units)
        layers[f"activation{number}"] = activation(layer.activation)
        width = layer.units
    layers["output"] = nn.Linear(width, outputs)
    if not on_logits(spec):
        layers["output_activation"] = activation(spec.output)
    network = nn.Sequential(layers)
    initialize(network, spec.network.initialization)
    return with_dropout(network, spec.training.dropout)


def with_dropout(network: nn.Sequential, rate: float) -> nn.Sequential:
    """The same layers with dropout at this rate behind each hidden activation, and without any at rate 0."""
    layers: OrderedDict[str, nn.Module] = OrderedDict()
    for name, layer in network.named_children():
        if not name.startswith("dropout"):
            layers[name] = layer
        if rate and name.startswith("activation"):
            layers[name.replace("activation", "dropout")] = SeenDropout(rate)
    return nn.Sequential(layers).train(network.training)


def activation(name: str) -> nn.Module:
    """The activation function of that name as a module. Raises: ValueError: there is none."""
    row = find(ACTIVATIONS, name, "activation")
    module: nn.Module = getattr(nn, row.module)(**row.arguments)
    return module


def initialize(network: nn.Module, name: str) -> None:
    """Draw the weights of every dense layer and convolution anew, from input to output, and set its biases to 0.

    Those of a block come before its projection. The weights of normalizations and embeddings stay as they are.

    Raises: ValueError: there is no initialization of that name.
    """
    row = find(INITIALIZATIONS, name, "initialization")
    for layer in network.modules():
        if isinstance(layer, nn.Linear | nn.Conv1d | nn.Conv2d | nn.ConvTranspose2d):
            weight = layer.weight.detach()
            if isinstance(layer, nn.ConvTranspose2d):
                weight = weight.transpose(0, 1)  # its inputs come first, and the rows of `nn.init` are outputs
            getattr(nn.init, row.function)(weight, **row.arguments)
            if layer.bias is not None:
                nn.init.zeros_(layer.bias)


def output_activation(spec: Learns) -> nn.Module:
    """What turns the outputs of `build`'s network into predictions: sigmoid or softmax for scores, else nothing."""
    return activation(spec.output if on_logits(spec) else "linear")


def predict(network: nn.Module, inputs: Tensor, spec: Learns) -> Tensor:
    """Predictions (n, outputs) for inputs (n, d): values, or probabilities where the loss works on scores."""
    predictions: Tensor = output_activation(spec)(network(inputs))
    return predictions
