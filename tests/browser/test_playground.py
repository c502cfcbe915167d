"""The Playground as a learner uses it: what they press, and what then happens on the screen and in the run."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import pytest
from learner import Learner

pytestmark = pytest.mark.browser
Visit = Callable[..., Learner]
LOSS_CURVE = "[data-view=loss] .js-plotly-plot"


# milliseconds from the moment that the page knows of the end until loss and score show the history's last row
WATCH_THE_END = """() => { window.ended = new Promise((done) => {
  const live = document.querySelector(".ll-root").layerlab;
  const last = (view) => document.querySelector(`[data-view=${view}] .js-plotly-plot`).data[0].x.at(-1);
  let since = null;
  const look = () => {
    const { state, history, frame } = live.store;
    if (state.status === "finished" && frame?.step === state.step) since ??= performance.now();
    const epoch = history.last("epoch");
    if (since && last("loss") === epoch && last("score") === epoch) done({ ms: performance.now() - since, epoch });
    else setTimeout(look, 10);
  };
  look();
}); }"""


def drawn_points(learner: Learner) -> int:
    """How many points the first line of the loss chart has."""
    return int(learner.page.evaluate(f"document.querySelector('{LOSS_CURVE}').data[0].x.length"))


def test_play_moves_the_counter_and_the_curve_and_pause_stops_them(visit: Visit) -> None:
    learner = visit()
    assert learner.epoch == 0 and learner.status == "ready"
    learner.play()
    learner.until("live.store.frame.epoch >= 3")
    learner.page.wait_for_function(f"document.querySelector('{LOSS_CURVE}')?.data[0].x.length > 5")
    assert learner.epoch >= 3
    losses = learner.column("train_loss")
    assert losses[-1] < losses[0], "it learns"
    assert all(after > before for before, after in pairwise(learner.column("step")))
    learner.pause()
    rows = len(learner.column("step"))
    learner.page.wait_for_function(
        f"(last) => document.querySelector('{LOSS_CURVE}').data[0].x.at(-1) === last", arg=learner.column("epoch")[-1]
    )
    shown = learner.epoch, learner.update, drawn_points(learner)
    learner.page.wait_for_timeout(700)  # time in which a run that went on would show
    assert (learner.epoch, learner.update, drawn_points(learner)) == shown
    assert len(learner.column("step")) == rows
    assert learner.update == learner.live("live.store.state.step")


@pytest.mark.alone  # a second is long on a quiet machine only
def test_all_charts_hold_the_last_row_within_a_second_of_the_end(visit: Visit, link: Callable[..., str]) -> None:
    learner = visit(link({"training.epochs": 40}), 1280, 1200)
    page = learner.page
    learner.tab("Gradients")  # two charts more, which take their turns with the curves
    page.wait_for_function("document.querySelectorAll('.js-plotly-plot').length >= 4")
    page.evaluate(WATCH_THE_END)
    page.get_by_label("Speed", exact=True).select_option(label="10 epochs/s")
    learner.play()
    waited = page.evaluate("() => window.ended")
    assert waited["epoch"] == 40
    assert waited["ms"] < 1000, waited


def test_the_learning_rate_changes_while_it_trains(visit: Visit) -> None:
    learner = visit()
    run, generation = learner.run, learner.generation
    assert learner.spec("training.learning_rate") == 0.1
    learner.play()
    learner.pass_updates(20)
    learner.tab("Training")
    before = learner.live("live.store.frame.step")
    learner.choose("Learning rate", "0.3")
    learner.until("live.store.state.changes['training.learning_rate'] === 0.3")
    learner.pass_updates(20)
    assert learner.status == "playing" and learner.live("live.store.frame.step") > before
    assert (learner.run, learner.generation) == (run, generation)
    learner.page.wait_for_function("(id) => new URL(location.href).searchParams.get('run') === id", arg=run)


def test_a_layer_added_on_the_diagram_is_in_the_network_and_in_the_list(visit: Visit) -> None:
    learner = visit()
    learner.tab("Network")
    list_of_layers = learner.page.get_by_label("Units of hidden layer")
    list_of_layers.nth(1).wait_for()
    assert list_of_layers.count() == 2
    generation = learner.generation
    learner.button("Add a hidden layer after hidden layer 2").click()
    learner.until("live.store.description.generation > argument && live.store.frame", generation)
    assert [layer["units"] for layer in learner.spec("network.layers")] == [4, 2, 2]
    assert learner.live("live.store.frame.arrays.get('network/weight/2').shape") == [2, 2]
    assert learner.live("live.store.frame.arrays.get('network/weight/3').shape") == [1, 2]
    learner.page.wait_for_function("document.querySelectorAll('[aria-label^=\"Units of hidden layer\"]').length === 3")
    learner.button("Remove hidden layer 1").click()
    learner.until("live.store.description.spec.network.layers.length === 2 && live.store.frame")
    assert learner.live("live.store.frame.arrays.get('network/weight/0').shape") == [2, 2]
    learner.page.wait_for_function("document.querySelectorAll('[aria-label^=\"Units of hidden layer\"]').length === 2")


def test_quick_clicks_all_count(visit: Visit) -> None:
    # each click also tells what the number fields show, which the browser has not heard of yet
    learner = visit()
    learner.tab("Network")
    field = learner.page.get_by_label("Units of hidden layer 1")
    field.wait_for()
    add = "document.querySelector('[aria-label=\"Add a unit to hidden layer 1\"]').click()"
    for pause in (0, 0, 120, 120, 0, 120):
        learner.page.evaluate(add)
        learner.page.wait_for_timeout(pause)
    learner.until("live.store.description.spec.network.layers[0].units === 10")
    learner.page.wait_for_function("document.querySelector('[aria-label^=\"Units of hidden layer 1\"]').value === '10'")
    learner.page.wait_for_timeout(700)  # time in which a late answer would show
    assert learner.spec("network.layers.0.units") == 10


def test_a_rebuild_while_it_trains_goes_on_training(visit: Visit) -> None:
    learner = visit()
    learner.play()
    learner.pass_updates(10)
    generation = learner.generation
    learner.button("Add a unit to hidden layer 2").click()
    learner.until("live.store.description.generation > argument && live.store.frame?.step > 5", generation)
    assert learner.status == "playing" and learner.spec("network.layers.1.units") == 3


def test_a_weight_set_by_hand_is_in_the_next_frame_and_moves_the_surface(visit: Visit) -> None:
    learner = visit()
    surface = learner.array("output/surface")
    edge = {"layer": 0, "to": 1, "from": 0}
    learner.until("live.panels.get('network').instance")  # its script may come after the first frame
    box = learner.live(
        "(({ x, y, width, height }) => [x + width / 2, y + height / 2])"
        "(live.panels.get('network').instance.anchor(argument))",
        edge,
    )
    learner.page.mouse.click(*box)
    dialog = learner.page.get_by_role("dialog", name="Set a weight by hand")
    field = dialog.get_by_role("spinbutton")
    assert field.get_attribute("aria-label") == "Set weight from x₁"
    field.fill("3.25")
    learner.until("live.store.frame.arrays.get('network/weight/0').data[1 * 2 + 0] === 3.25")
    assert learner.array("output/surface") != surface
    learner.page.keyboard.press("Escape")
    dialog.wait_for(state="hidden")
    learner.button("One update").click()
    learner.until("live.store.frame.step === 1")
    weight = learner.array("network/weight/0")[2]
    assert weight != 3.25 and abs(weight - 3.25) < 0.5, "training goes on from the number that was set"


def test_rewinding_goes_back_and_play_goes_on_from_there(visit: Visit) -> None:
    learner = visit()
    learner.play()
    learner.until("live.store.frame.step >= 60")
    learner.pause()
    last, losses = learner.update, dict(zip(learner.column("step"), learner.column("train_loss"), strict=True))
    slider = learner.page.get_by_label("Rewind")
    box = slider.bounding_box()
    assert box is not None
    learner.page.mouse.move(box["x"] + box["width"] - 8, box["y"] + box["height"] / 2)
    learner.page.mouse.down()
    learner.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2, steps=4)
    learner.page.mouse.up()
    learner.until("live.store.frame.step < argument && live.store.frame.step === live.store.state.step", last)
    back = learner.update
    assert 0 < back < last and learner.status == "paused"
    earlier = [loss for step, loss in losses.items() if step == back]
    shown = learner.live("live.store.frame.metrics.train_loss")
    assert not earlier or earlier[0] == shown, "the past is the same past"
    learner.play()
    learner.until("live.store.frame.step >= argument", back + 5)
    assert all(after > before for before, after in pairwise(learner.column("step")))


def test_a_run_that_diverges_explains_itself(visit: Visit, link: Callable[..., str]) -> None:
    learner = visit(
        link(
            {
                "network.layers": [{"units": 8, "activation": "relu"}],
                "training": {"loss": "mse", "learning_rate": 100.0},
                "network.output": "linear",
            }
        )
    )
    learner.button("Play").click()
    learner.until("live.store.state.status === 'diverged'")
    learner.page.get_by_test_id("note").wait_for(state="visible")  # drawn with the next picture of the screen
    note = learner.shown("note")
    assert "update" in note and "learning rate" in note, note
    learner.tab("Training")
    learner.choose("Learning rate", "0.01")
    learner.button("Reset").click()
    learner.until("live.store.state.status !== 'diverged' && live.store.state.step === 0")
    learner.play()
    learner.pass_updates(10)
