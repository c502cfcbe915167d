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
