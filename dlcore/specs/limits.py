"""Every bound of LayerLab in one place; a spec or a request over a bound is refused with a sentence, never clamped."""

from __future__ import annotations

HIDDEN_LAYERS = 8  # hidden layers of a Playground network
UNITS = 16  # units of a hidden layer of a Playground network
SAMPLES = 5_000  # generated samples, training and test together
DRAWN_POINTS = 1_000  # points drawn by hand
EPOCHS = 100_000  # epochs of one run
BATCH = 5_000  # samples of one mini-batch
LEARNING_RATE = 100.0
SEED = 2**31 - 1
SPEC_CHARACTERS = 80_000  # a spec as JSON: a URL, a file; 1,000 drawn points with all their digits fit
RUNS_PER_OWNER = 4  # runs that one browser session may keep at a time
RUNS = 400  # runs that one server keeps at a time
HISTORY_ROWS = 4_000  # metric rows kept a run; beyond, every other row is dropped
SNAPSHOT_BYTES = 2_000_000  # snapshots kept a run, for rewinding; beyond, they are thinned
LAYERS = 48  # layers of a built network, a residual block counted as one
INNER_LAYERS = 12  # layers within a residual block
LAYER_UNITS = 4_096  # units of a dense layer of a built network
CHANNELS = 512  # channels that a layer makes
KERNEL = 15  # inputs that a kernel or a window covers along one axis
STRIDE = 8
PADDING = 16  # zeros around a map, on each side
DILATION = 8
VOCABULARY = 50_000  # different tokens
PARAMETERS = 5_000_000  # learned numbers of a built network
MULTIPLY_ADDS = 500_000_000  # multiplications of one sample's way through a built network
ACTIVATION_BYTES = 64_000_000  # memory that one sample's activations take in a built network
BATCH_MULTIPLY_ADDS = 10_000_000_000  # multiplications of one batch's way through a built network: seconds an update
BATCH_BYTES = 500_000_000  # memory that one batch's activations take in a built network
