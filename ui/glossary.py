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
        return self.name.lower().replace(" ", "-").replace("²", "2")


TERMS: tuple[Term, ...] = (
    Term(
        name="Condition number",
        text="The largest eigenvalue of the Hessian divided by the smallest: how much steeper a valley is across than "
        "along. The larger it is, the more steps gradient descent needs.",
        page="optimizers",
    ),
    Term(
        name="Filter normalization",
        text="Scaling a random direction through a network's weights unit by unit, until it is as long as the weights "
        "that lead to that unit. Pictures of the loss along such directions can be compared between networks.",
        page="optimizers",
    ),
    Term(
        name="Hessian",
        text="The table of all second derivatives of the loss: how the gradient changes with each weight. Its "
        "eigenvalues are the curvatures along the main directions of a valley.",
        page="optimizers",
    ),
    Term(
        name="Learning-rate finder",
        text="A short training in which the learning rate grows with every update, from far too small until the loss "
        "breaks. Useful rates lie where the loss falls, below its lowest place.",
        page="optimizers",
    ),
    Term(
        name="Learning-rate schedule",
        text="A rule that changes the learning rate while a network trains: in steps, along a cosine, after a warm-up. "
        "Large steps get on at the beginning, small ones come to rest at the end.",
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
        name="Mini-batch noise",
        text="How far the loss and the gradient of one batch lie from those of all samples. It shrinks with the root "
        "of the batch size: four times the samples, half the noise.",
        page="optimizers",
    ),
    Term(
        name="Adaptive optimizer",
        text="An optimizer that divides each weight's step by the size of that weight's own past gradients: Adagrad, "
        "RMSprop, Adam, AdamW. If all gradients become ten times as large, its steps stay what they are.",
        page="optimizers",
    ),
    Term(
        name="Principal component",
        text="One of the directions along which points spread most, each at right angles to those before. Its "
        "explained variance is the share of the whole spread that lies along it.",
        page="optimizers",
    ),
    Term(
        name="Saddle point",
        text="A place where the gradient is 0 and the loss falls in one direction and rises in another. It is no "
        "minimum, yet training is slow near it.",
        page="optimizers",
    ),
    Term(
        name="Warm-up",
        text="Small learning rates in the first updates, growing to the usual one. It keeps fresh weights, whose "
        "gradients are large and unsteady, from being thrown off at the start.",
        page="optimizers",
    ),
    Term(
        name="Perceptron",
        text="One unit that answers 1 where a weighted sum of its inputs is above zero, and that corrects its weights "
        "after every mistake. It finds a line between two classes whenever there is one (Rosenblatt, 1958).",
        page="perceptron",
    ),
    Term(
        name="Accuracy",
        text="The share of samples whose class is right. Where one class is rare it flatters: who always says the "
        "frequent class is right nearly always.",
        page="data",
    ),
    Term(
        name="Activation function",
        text="The function that a unit applies to its weighted sum before it hands it on. Without one between them, "
        "two layers could do no more than a single one.",
        page="playground",
    ),
    Term(
        name="Augmentation",
        text="Changing each training image a little at random (turning, shifting, brightening) every time it is "
        "learned from. The answer stays the same, so the network has to find what stays the same in the picture.",
        page="data",
    ),
    Term(
        name="Average precision",
        text="The area under the precision-recall curve: how well a detector or classifier ranks what it finds. It is "
        "1 where everything sought comes before the first mistake.",
        page="scenes",
    ),
    Term(
        name="Batch",
        text="The samples that one update looks at together; also called a mini-batch. Small batches give many noisy "
        "updates, large ones few steady ones.",
        page="playground",
    ),
    Term(
        name="Batch normalization",
        text="A layer that shifts and scales each unit to mean 0 and variance 1 over the batch, and then by two "
        "learned numbers. While the network is tested, averages gathered during training take the place of the "
        "batch's own.",
        page="depth",
    ),
    Term(
        name="Bias",
        text="The number that a unit adds to its weighted sum, whatever the inputs are. It shifts the unit's border "
        "away from the origin.",
        page="neuron",
    ),
    Term(
        name="Class weights",
        text="Factors by which the samples of each class count in the loss. With them, a rare class can weigh as much "
        "as a frequent one.",
        page="data",
    ),
    Term(
        name="Classification",
        text="Saying which of several classes a sample belongs to. The network gives each class a score, and the "
        "largest score wins.",
        page="playground",
    ),
    Term(
        name="Confusion matrix",
        text="A table that counts how often each true class (row) was called which class (column). What is right "
        "stands on the diagonal, and every other cell is a kind of mistake.",
        page="playground",
    ),
    Term(
        name="Convolution",
        text="A small kernel slides over an image, and at each place the products of its weights and the values below "
        "it are added up. The same few weights serve at every place, so a pattern is found wherever it is.",
        page="cnn",
    ),
    Term(
        name="Cross-validation",
        text="Training several times, each time testing on another part of the data, until every sample was tested "
        "once. The mean score rests on all samples, and the spread tells how much of it is chance.",
        page="data",
    ),
    Term(
        name="Data set",
        text="The samples that there are to learn from and to test on, with their known answers. What is not in it "
        "cannot be learned from it.",
        page="data",
    ),
    Term(
        name="Depth",
        text="The number of layers between input and output. Deep networks build later features out of earlier ones; "
        "they are not better on every task, and harder to train.",
        page="depth",
    ),
    Term(
        name="Detection",
        text="Finding the objects in an image: a box round each, its class, and how sure the network is. A box counts "
        "as right where it overlaps the true one enough.",
        page="scenes",
    ),
    Term(
        name="Dice",
        text="Twice the overlap of two regions over the sum of their sizes, from 0 to 1. As a loss it counts a small "
        "figure as much as the large background.",
        page="scenes",
    ),
    Term(
        name="Divergence",
        text="Training in which the loss grows beyond all bounds instead of falling. Mostly the steps are too large, "
        "because the learning rate or the gradients are.",
        page="depth",
    ),
    Term(
        name="Dropout",
        text="In each update a random share of the units is silenced, and the others count for more. While the "
        "network is tested nothing is dropped.",
        page="playground",
    ),
    Term(
        name="Epoch",
        text="One pass through all training samples. With 200 samples and batches of 10, an epoch has 20 updates.",
        page="playground",
    ),
    Term(
        name="Exploding gradient",
        text="A gradient that grows from layer to layer on its way back, until an update throws the weights away. "
        "Suitable initialization, normalization, gradient clipping or a smaller learning rate prevent it.",
        page="depth",
    ),
    Term(
        name="F1",
        text="The harmonic mean of precision and recall, 2PR / (P + R). It is high only where both are.",
        page="data",
    ),
    Term(
        name="Feature",
        text="A number that describes a sample, such as a bill's length or one that a network has computed. Hidden "
        "layers turn the given features into more useful ones.",
        page="playground",
    ),
    Term(
        name="Feature map",
        text="All the answers of one kernel, laid out like the image that it slid over. Bright places are those where "
        "its pattern fits.",
        page="cnn",
    ),
    Term(
        name="Fold",
        text="One of the equal parts into which cross-validation deals the data. Each fold is the test part once.",
        page="data",
    ),
    Term(
        name="Generalization",
        text="How well a network answers for samples that it has never seen. It is what one trains for, and what only "
        "data kept aside can measure.",
        page="data",
    ),
    Term(
        name="Gradient",
        text="The list of all derivatives of the loss with respect to the weights and biases: how much, and in which "
        "direction, the loss answers to each. It points where the loss rises fastest, so an update goes the opposite "
        "way.",
        page="playground",
    ),
    Term(
        name="Gradient clipping",
        text="Shortening the gradient to a largest length before the update, with its direction kept. It stops single "
        "steps from throwing the weights away.",
        page="depth",
    ),
    Term(
        name="He initialization",
        text="Random first weights with variance 2 / inputs, made for ReLU, which silences half of what it gets. The "
        "spread of activations then stays about the same from layer to layer.",
        page="depth",
    ),
    Term(
        name="Hidden layer",
        text="A layer between the inputs and the output. Nobody says what its units should answer; training finds "
        "that out.",
        page="neuron",
    ),
    Term(
        name="Initialization",
        text="The choice of the weights before the first update. They must differ, or all units of a layer stay "
        "alike, and have the right size, or signals fade or explode on their way through the layers.",
        page="depth",
    ),
    Term(
        name="IoU",
        text="Intersection over union: the area that two regions share over the area that they cover together. It is "
        "1 for the same region and 0 for regions that do not touch.",
        page="scenes",
    ),
    Term(
        name="Kernel",
        text="The small grid of weights that a convolution slides over its input; also called a filter. It answers "
        "how well its pattern fits at each place.",
        page="cnn",
    ),
    Term(
        name="Label",
        text="The known right answer of a sample: its class or its value. Supervised learning compares the network's "
        "answer with it.",
        page="data",
    ),
    Term(
        name="Layer",
        text="Units that get the same inputs and work side by side. A network sends its input through one layer after "
        "the other.",
        page="builder",
    ),
    Term(
        name="Leak",
        text="Something of the test data that reached the training, such as a mean measured on all samples. The test "
        "score then promises more than new data will keep.",
        page="data",
    ),
    Term(
        name="Learning rate",
        text="The factor that turns the gradient into a step. Too small and learning crawls; too large and it jumps "
        "over the valley or diverges.",
        page="playground",
    ),
    Term(
        name="Loss",
        text="A number that says how wrong the network is on some samples. Training changes the weights so that it "
        "falls.",
        page="playground",
    ),
    Term(
        name="Network",
        text="Layers of units, each of which computes a weighted sum and an activation function. What it knows is in "
        "its weights and biases.",
        page="playground",
    ),
    Term(
        name="Neuron",
        text="One unit of a network: a weighted sum of the inputs, plus a bias, sent through an activation function. "
        "It was named after nerve cells, which are far more complicated.",
        page="neuron",
    ),
    Term(
        name="Non-maximum suppression",
        text="Of several boxes round the same figure, only the one of which the detector is surest is kept. Boxes "
        "that overlap it too much are thrown away.",
        page="scenes",
    ),
    Term(
        name="One-hot",
        text="Writing a category as a row of zeros with a single 1 at its own place. So no category counts as larger "
        "than another.",
        page="data",
    ),
    Term(
        name="Over-fitting",
        text="Learning the training samples by heart, noise included, rather than what is true of new ones. The sign "
        "is a test loss that rises while the training loss still falls.",
        page="playground",
    ),
    Term(
        name="Over-sampling",
        text="Drawing samples of rare classes more often, so that all classes are seen equally often. The test data "
        "must stay as they are.",
        page="data",
    ),
    Term(
        name="Padding",
        text="Values, mostly zeros, put round an image before a kernel slides over it. So the kernel reaches the "
        "edge, and the map need not shrink.",
        page="cnn",
    ),
    Term(
        name="Parameter",
        text="A number that training changes: a weight or a bias. A dense layer has (inputs + 1) × units of them.",
        page="depth",
    ),
    Term(
        name="Pooling",
        text="Replacing each small window of a map by one number, its largest value or its mean. Maps get smaller, "
        "and small shifts of the image matter less.",
        page="cnn",
    ),
    Term(
        name="Precision",
        text="Of the samples that were called positive, the share that really are. Few false alarms make it high.",
        page="data",
    ),
    Term(
        name="Precision-recall curve",
        text="Precision against recall for every border at which a score may be called positive. Where positives are "
        "rare it says more than the ROC curve.",
        page="data",
    ),
    Term(
        name="Recall",
        text="Of the samples that really are positive, the share that was found. Few misses make it high.",
        page="data",
    ),
    Term(
        name="Receptive field",
        text="The part of the input that one value of a later layer depends on. It grows with every convolution and "
        "every pooling.",
        page="cnn",
    ),
    Term(
        name="Regression",
        text="Predicting a number instead of a class. The loss then measures how far the prediction is from the true "
        "value.",
        page="playground",
    ),
    Term(
        name="Regularization",
        text="Whatever keeps a network from fitting the training samples too closely, such as a penalty on large "
        "weights or dropout. It trades some training score for a better score on new data.",
        page="playground",
    ),
    Term(
        name="Residual block",
        text="Layers whose output is added to their input. The sum gives gradients a way past the layers, so very "
        "deep networks can learn.",
        page="builder",
    ),
    Term(
        name="ROC curve",
        text="The share of positives found against the share of false alarms, for every border at which a score may "
        "be called positive. The area under it (AUC) is 1 for a perfect ranking and 0.5 for guessing.",
        page="data",
    ),
    Term(
        name="R²",
        text="One minus the squared error over that of always saying the mean of the true values. It is 1 for perfect "
        "predictions, 0 for no better than the mean, and negative for worse.",
        page="playground",
    ),
    Term(
        name="Sample",
        text="One example to learn from or to test on: its inputs, and the answer that is right for them. A row of a "
        "table is one, and so is an image.",
        page="data",
    ),
    Term(
        name="Seed",
        text="The number from which all random choices of a run follow. The same seed gives the same first weights, "
        "the same batches and the same run.",
        page="playground",
    ),
    Term(
        name="Segmentation",
        text="Saying of every pixel which class it belongs to. The answer is an image of the same size, coloured by "
        "class.",
        page="scenes",
    ),
    Term(
        name="Standardization",
        text="Shifting and scaling each input to mean 0 and standard deviation 1, both measured on the training part "
        "alone. So no input counts for more only because its unit is small.",
        page="data",
    ),
    Term(
        name="Stride",
        text="How many places a kernel moves at a time. With a stride of 2 the map has half the height and width.",
        page="cnn",
    ),
    Term(
        name="Test data",
        text="Samples kept aside, from which the network never learns. Their score says how good it is on what it has "
        "not seen.",
        page="data",
    ),
    Term(
        name="Training data",
        text="The samples from which the network learns. A score on them says little about new ones.",
        page="data",
    ),
    Term(
        name="U-Net",
        text="A network that halves its maps on the way down to see what there is, and doubles them on the way up to "
        "say where. Short cuts bring the details of each level across.",
        page="scenes",
    ),
    Term(
        name="Unit",
        text="One number of a layer and how it is computed: a weighted sum, a bias, an activation function. Also "
        "called a neuron.",
        page="playground",
    ),
    Term(
        name="Update",
        text="One change of all weights and biases, computed from one batch. With plain gradient descent each moves "
        "by minus the learning rate times its derivative.",
        page="playground",
    ),
    Term(
        name="Weight",
        text="The number by which a unit multiplies one of its inputs. Training is the search for weights that make "
        "the loss small.",
        page="neuron",
    ),
    Term(
        name="Width",
        text="The number of units of a layer. A single wide enough hidden layer can come as close to any continuous "
        "function on a bounded region as one likes, which does not say that training finds it.",
        page="depth",
    ),
    Term(
        name="Xavier initialization",
        text="Random first weights with variance 2 / (inputs + outputs), made for activation functions that are steep "
        "and straight around 0, such as tanh. It is a compromise that keeps activations forward and gradients "
        "backward about the same size.",
        page="depth",
    ),
    Term(
        name="Cross-entropy",
        text="The loss of classification: minus the logarithm of the probability that the network gives to the right "
        "class. Its slope at the scores is probability minus right answer, so the more wrong an answer, the harder it "
        "is pushed.",
        page="losses",
    ),
    Term(
        name="Outlier",
        text="A sample that lies far from where the others would have it: a mistake, or something rare. Squared errors "
        "let a single one pull a whole line, absolute errors hardly notice it.",
        page="losses",
    ),
    Term(
        name="Sigmoid",
        text="The function σ(z) = 1 / (1 + e⁻ᶻ), which makes a probability between 0 and 1 of any number. Far from z = "
        "0 it is flat: it saturates, and its slope of at most ¼ is nearly 0.",
    ),
    Term(
        name="Huber loss",
        text="A loss that is squared for errors up to 1 and straight beyond. It is smooth at the answer like the "
        "squared error and as little impressed by outliers as the absolute one.",
        page="losses",
    ),
    Term(
        name="Backpropagation",
        text="The chain rule applied to a network from the loss back to the inputs, which finds the gradient of every "
        "weight in one pass. It only finds gradients: changing the weights is the optimizer's part.",
        page="backpropagation",
    ),
    Term(
        name="Chain rule",
        text="The derivative of a chain of functions is the product of the derivatives of its links. Where several "
        "ways lead to the loss, the products of all ways are added.",
        page="backpropagation",
    ),
    Term(
        name="Upstream gradient",
        text="How the loss changes with the result of an operation, as it arrives from the operations after it. Times "
        "the operation's own, local derivative it is the gradient of what went in.",
        page="backpropagation",
    ),
    Term(
        name="Autograd",
        text="The part of PyTorch that notes every operation while it computes, and then goes back through them with "
        "the chain rule. It finds exact derivatives up to rounding, not estimates.",
        page="backpropagation",
    ),
    Term(
        name="Finite difference",
        text="An estimate of a derivative: move one number a little up and down, and divide the change of the result "
        "by the distance. It needs two forward passes for every number, and is wrong where it straddles a kink.",
        page="backpropagation",
    ),
    Term(
        name="Dead unit",
        text="A unit whose activation function is flat for every training sample: its slope is 0 for all, as that of "
        "ReLU is below 0. No gradient reaches its weights, so it cannot learn its way back.",
        page="activations",
    ),
    Term(
        name="Pre-activation",
        text="The weighted sum z = w·x + b of a unit, before its activation function bends it. Where it lies decides "
        "how much of a gradient comes through.",
        page="activations",
    ),
    Term(
        name="ReLU",
        text="The activation function max(0, z): what is negative becomes 0. Its slope is 1 on the right, so that "
        "gradients pass unchanged, and 0 on the left.",
        page="activations",
    ),
    Term(
        name="Saturation",
        text="A unit is saturated where its activation function is nearly flat, here |f′(z)| < 0.1. A gradient that "
        "comes back through it is multiplied by that small slope, so it hardly learns.",
        page="activations",
    ),
    Term(
        name="Softmax",
        text="Turns the scores of all classes into shares between 0 and 1 that sum to 1: e to the power of each score, "
        "divided by the sum of all these. Only differences between scores count.",
        page="activations",
    ),
    Term(
        name="Temperature",
        text="A number T by which scores are divided before softmax. Above 1 it makes the shares more alike, below 1 "
        "it gives more to the largest.",
        page="activations",
    ),
    Term(
        name="Vanishing gradient",
        text="On the way back through many layers a gradient is multiplied by slopes and weights; where these products "
        "are below 1, next to nothing reaches the first layers. They then hardly learn.",
        page="activations",
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
    Term(
        name="Early stopping",
        text="To end training when the loss on data held back has not fallen for a while, and to keep the best weights "
        "seen. Those data have then decided something, so they flatter.",
        page="overfitting",
    ),
    Term(
        name="L1",
        text="A penalty on the sum of |w|, which pulls every weight to 0 with the same force. Its gradient alone "
        "leaves weights near 0; a step of its own that stops there makes them exactly 0.",
        page="overfitting",
    ),
    Term(
        name="L2",
        text="A penalty on half the sum of w², which pulls each weight to 0 in proportion to its size. Weights stay "
        "small, and hardly any becomes exactly 0.",
        page="overfitting",
    ),
    Term(
        name="Label smoothing",
        text="To learn from targets that are a little less than certain: a share of each is spread over all classes. "
        "The network then has no reason to become ever surer.",
        page="overfitting",
    ),
)


def term(name: str, shown: str | None = None) -> str:
    """A link, as Markdown, from a text to a term of the glossary. Raises: KeyError: there is no such term.

    `shown` is how the text calls it, "gradients" for "Gradient".
    """
    found = {row.name.lower(): row for row in TERMS}[name.lower()]
    return f"[{shown or name}](glossary#{found.anchor})"
