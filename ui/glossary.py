"""The terms of the field, two sentences each: the glossary page and every link to it derive from these rows."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One term: what it means in two sentences, and the page on which it is seen at work."""

    name: str
    text: str
    page: str = ""  # its address

    @property
    def anchor(self) -> str:
        """Its place on the page `/glossary`."""
        return self.name.lower().replace(" ", "-")


TERMS: tuple[Term, ...] = (
    Term(
        name="Condition number",
        text="The largest eigenvalue of the Hessian divided by the smallest: how much steeper a valley is across than "
        "along. The larger it is, the more steps gradient descent needs.",
        page="optimizers",
    ),
    Term(
        name="Hessian",
        text="The table of all second derivatives of the loss: how the gradient changes with each weight. Its "
        "eigenvalues are the curvatures along the main directions of a valley.",
        page="optimizers",
    ),
    Term(
        name="Loss surface",
        text="The loss as a height over the weights, one place for each choice of them. Training looks for a low place "
        "on it, and feels only the slope where it is.",
        page="optimizers",
    ),
    Term(
        name="Momentum",
        text="An optimizer that adds up past gradients, each step a little forgotten, and moves by the sum. Along a "
        "valley they add up to speed, across it they cancel, and the speed carries it past the minimum.",
        page="optimizers",
    ),
    Term(
        name="Optimizer",
        text="The rule that turns gradients into changes of the weights: gradient descent, momentum, Adam and others. "
        "They differ in what they remember of earlier gradients, and in how they scale the step.",
        page="optimizers",
    ),
    Term(
        name="Saddle point",
        text="A place where the gradient is 0 and the loss falls in one direction and rises in another. It is no "
        "minimum, yet training is slow near it.",
        page="optimizers",
    ),
    Term(
        name="Neuron",
        text="One unit of a network: a weighted sum of the inputs, plus a bias, sent through an activation function. "
        "It was named after nerve cells, which are far more complicated.",
        page="neuron",
    ),
    Term(
        name="Weight",
        text="The number by which a unit multiplies one of its inputs. Training is the search for weights that make "
        "the loss small.",
        page="neuron",
    ),
    Term(
        name="Bias",
        text="The number that a unit adds to its weighted sum, whatever the inputs are. It shifts the unit's border "
        "away from the origin.",
        page="neuron",
    ),
    Term(
        name="Activation function",
        text="The function that a unit applies to its weighted sum before it hands it on. Without one between them, "
        "two layers could do no more than a single one.",
        page="neuron",
    ),
    Term(
        name="Hidden layer",
        text="A layer between the inputs and the output. Nobody says what its units should answer; training finds "
        "that out.",
        page="neuron",
    ),
    Term(
        name="Perceptron",
        text="One unit that answers 1 where a weighted sum of its inputs is above zero, and that corrects its weights "
        "after every mistake. It finds a line between two classes whenever there is one (Rosenblatt, 1958).",
        page="perceptron",
    ),
    Term(
        name="Over-fitting",
        text="Learning the training samples by heart, noise included, rather than what is true of new ones. The sign "
        "is a test loss that rises while the training loss still falls.",
        page="playground",
    ),
    Term(
        name="Capacity",
        text="How much a model can bend to its data: the degree of a polynomial, the layers and units of a network. "
        "Too little under-fits, and more than the data can hold in check over-fits.",
        page="overfitting",
    ),
    Term(
        name="Under-fitting",
        text="A model that is too simple, or too little trained, to follow what its data have in common. Its errors on "
        "training data and on new data are both high, and nearly equal.",
        page="overfitting",
    ),
    Term(
        name="Bias and variance",
        text="Two parts of a model's error on new data: how far the mean over many training samples is from the truth, "
        "and how far the single models lie from that mean. With the noise they make up the mean squared error.",
        page="overfitting",
    ),
    Term(
        name="Learning curve",
        text="The score against the number of training examples, on those examples and on new ones. A wide gap at its "
        "end says that more examples would help.",
        page="overfitting",
    ),
    Term(
        name="Validation curve",
        text="The score against capacity or another setting, on training data and on data held back. Its best point is "
        "chosen by those data, so it takes further ones to judge it.",
        page="overfitting",
    ),
    Term(
        name="Double descent",
        text="An error on new data that falls, peaks where the model can just fit all training examples, and falls "
        "again as it grows further. With noise the second descent need not get below the first valley.",
        page="overfitting",
    ),
)


def term(name: str, shown: str | None = None) -> str:
    """A link, as Markdown, from a text to a term of the glossary. Raises: KeyError: there is no such term.

    `shown` is how the text calls it, "gradients" for "Gradient".
    """
    found = {row.name.lower(): row for row in TERMS}[name.lower()]
    return f"[{shown or name}](glossary#{found.anchor})"
