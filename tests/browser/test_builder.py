"""The Builder: networks built layer by layer, with the keyboard alone and with the pointer, and trained."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from accessibility import violations
from learner import POLL, Learner
from playwright.sync_api import Locator

from dlcore.networks.starting_points import STARTING_POINTS
from dlcore.specs.layered import Layered
from dlcore.training.rows import find
from ui.share import to_query

pytestmark = pytest.mark.browser
Visit = Callable[..., Learner]

SMALL = Layered.parse(
    {
        "data": {"kind": "images", "name": "digits", "samples": 200},
        "layers": [{"kind": "conv2d", "channels": 4}, {"kind": "flatten"}, {"kind": "dense", "units": 10}],
        "training": {"loss": "cross_entropy", "optimizer": "adam", "learning_rate": 0.01, "batch_size": 32},
    }
)
BUILDER = "/builder?" + to_query(SMALL)
IN_SIGHT = """(place) => { const { x, y, right, bottom } = document.querySelector(place).getBoundingClientRect();
  return x >= 0 && y >= 0 && right <= innerWidth && bottom <= innerHeight; }"""


class Stack:
    """The editor as a learner sees it."""

    def __init__(self, learner: Learner) -> None:
        self.page = learner.page
        self.page.wait_for_selector(".lb-root")
        self.rows = self.page.locator(".lb-line[data-id]")

    def until(self, condition: str, argument: Any = None) -> None:
        """Wait until a condition of the editor holds: `editor` is it, `rows` are its rows."""
        script = f"""(argument) => {{ const editor = document.querySelector(".lb-root").layerlab;
          const {{ rows, problem }} = editor.props; return editor.pending.length === 0 && ({condition}); }}"""
        self.page.wait_for_function(script, arg=argument, polling=POLL)

    def row(self, number: int) -> Locator:
        """A row, counted from 1 as on the screen (inner layers count, too)."""
        return self.rows.nth(number - 1)

    def value(self, number: int, title: str) -> Locator:
        """A setting of a row."""
        return self.row(number).get_by_label(title, exact=False).first

    def cell(self, number: int, title: str) -> str:
        """A figure of a row."""
        return self.row(number).locator(f"[data-title='{title}']").inner_text().replace("\u202f", " ")

    @property
    def titles(self) -> list[str]:
        return self.rows.locator(".lb-name").all_inner_texts()

    @property
    def focused(self) -> str:
        """Which row has the focus: its number on the screen."""
        found: str = self.page.evaluate(
            "document.activeElement.closest('.lb-line')?.querySelector('.lb-grip').textContent"
        )
        return found


def test_lenet_is_built_from_nothing_with_the_keyboard_alone_and_learns(visit: Visit) -> None:
    learner = visit("/builder")
    stack, keyboard = Stack(learner), learner.page.keyboard
    for _ in range(60):
        keyboard.press("Tab")
        if learner.page.evaluate("document.activeElement.matches('.lb-line')"):
            break
    keyboard.press("s")
    keyboard.type("nothing")
    keyboard.press("Enter")
    stack.until("rows.length === 0")
    for name, settings in [
        ("Convolution 2-D", {"channels": "6", "kernel": "5"}),
        ("Activation", {"function": "T"}),
        ("Average pooling", {}),
        ("Convolution 2-D", {"channels": "16", "kernel": "5"}),
        ("Activation", {"function": "T"}),
        ("Average pooling", {}),
        ("Flatten", {}),
        ("Dense", {"units": "120"}),
        ("Activation", {"function": "T"}),
        ("Dense", {"units": "84"}),
        ("Activation", {"function": "T"}),
        ("Dense", {"units": "10"}),
    ]:
        count = stack.rows.count()
        keyboard.press("a")
        keyboard.type(name)
        keyboard.press("Enter")
        stack.until("rows.length === argument && editor.row()?.path[0] === argument - 1", count + 1)
        assert stack.focused == str(count + 1), "the new row has the focus"
        for number, text in enumerate(settings.values()):
            keyboard.press("Tab" if number else "Enter")
            keyboard.type(text)
        if settings:
            keyboard.press("Escape")
    keyboard.press("Home")
    keyboard.press("Enter")
    for _ in range(4):
        keyboard.press("Tab")  # kernel, stride, padding, the word beside it
    assert learner.page.evaluate("document.activeElement.textContent") == "same"
    keyboard.press("Enter")
    keyboard.press("Escape")
    wanted = [layer.as_dict() for layer in find(STARTING_POINTS, "lenet5", "name").layers]
    stack.until("!problem && !editor.props.behind && editor.root.querySelector('[data-state=fits]')")
    same = "JSON.stringify(live.store.description.spec.layers) === argument"
    learner.until(f"live.store.frame && {same}", json.dumps(wanted, separators=(",", ":")))
    assert stack.cell(1, "Output") == "6 × 28 × 28" and stack.cell(8, "Parameters") == "48.1 k"
    assert stack.cell(4, "Sees") == "14 × 14" and stack.cell(4, "Mult-adds") == "240 k"
    keyboard.press("Space")  # from the row: it plays
    learner.until("live.store.frame?.step > 100 && live.store.present('train_loss') < 1.5")
    keyboard.press("Space")
    learner.until("live.store.state.status === 'paused'")


def test_what_does_not_fit_is_told_mended_and_undone(visit: Visit) -> None:
    learner = visit(BUILDER)
    stack, page = Stack(learner), learner.page
    generation = learner.generation
    stack.row(2).get_by_role("button", name="Remove layer 2, Flatten").click()
    row = stack.row(2)
    fix = row.get_by_role("button", name="Insert Flatten before layer 2")
    fix.wait_for()
    assert "Gets 4 × 6 × 6 (channels × height × width); needs its inputs in one row." in row.inner_text()
    assert page.get_by_test_id("stack-state").inner_text() == (
        "Layer 2 does not fit yet. Training keeps the last network that did."
    )
    page.wait_for_timeout(300)
    assert learner.generation == generation and len(learner.spec("layers")) == 3, "the run keeps what fitted"
    fix.click()
    stack.until("rows.length === 3 && !problem")
    assert stack.titles == ["Convolution 2-D", "Flatten", "Dense"]

    # a bad number keeps its text and says why; the layer stays as it was, and Escape brings its number back
    kernel = stack.value(1, "kernel")
    kernel.fill("99")
    stack.until("rows[0].bad.kernel")
    assert stack.row(1).locator(".lb-says", has_text="at most 15; received 99").is_visible()
    assert kernel.input_value() == "99" and kernel.get_attribute("aria-invalid") == "true"
    kernel.press("Escape")
    stack.until("!rows[0].bad.kernel")
    assert kernel.input_value() == "3"
    kernel.press("ArrowUp")
    stack.until("rows[0].values.kernel === 4 && rows[0].figures.output === '4 × 5 × 5'")
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") == "kernel, layer 1", "the focus stays"
    kernel.press("Enter")
    learner.until("live.store.description.spec.layers[0].kernel === 4 && live.store.frame")

    # undo and redo, by button and by key
    undo, redo = (
        page.get_by_role("button", name="Undo", exact=True),
        page.get_by_role("button", name="Redo", exact=True),
    )
    undo.click()
    stack.until("rows[0].values.kernel === 3")
    redo.click()
    stack.until("rows[0].values.kernel === 4")
    stack.row(1).focus()
    page.keyboard.press("Control+z")
    stack.until("rows[0].values.kernel === 3")
    page.keyboard.press("Control+Shift+z")
    stack.until("rows[0].values.kernel === 4")

    # drag the last layer to the front: it needs its inputs in one row, so it must not fit there
    grip, target = stack.row(3).locator(".lb-grip"), stack.row(1).locator(".lb-grip")
    grip.hover()
    page.mouse.down()
    box = target.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 10, box["y"] + 30, steps=4)
    page.mouse.move(box["x"] + 10, box["y"] - 2, steps=4)
    page.mouse.up()
    stack.until("rows[0].kind === 'dense' && problem.where === 'layer 1'")
    page.keyboard.press("Alt+ArrowDown")
    page.keyboard.press("Alt+ArrowDown")
    stack.until("rows[2].kind === 'dense' && !problem")
    assert stack.focused == "3", "it moved with its row"


def test_blocks_fold_and_starting_points_bring_what_they_need(visit: Visit) -> None:
    learner = visit(BUILDER)
    stack, page = Stack(learner), learner.page
    page.get_by_role("button", name="Start from a known network").click()
    page.get_by_role("option", name="Small ResNet").click()
    stack.until("rows.length > 12 && !problem")
    block = page.locator(".lb-line[data-kind=residual]").first
    count = stack.rows.count()
    block.get_by_role("button", name="Fold the block").click()
    assert stack.rows.count() == count - 5 and block.get_attribute("aria-expanded") == "false"
    page.locator(".lb-arc").nth(1).locator(".lb-sumsign").click()
    page.wait_for_function("document.querySelectorAll('.lb-line[data-kind=residual]')[1].ariaSelected === 'true'")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Control+d")
    stack.until("rows.filter((row) => row.path.length === 2).length === 11")
    page.get_by_role("button", name="Start from a known network").click()
    page.get_by_role("option", name="1-D convolution").click()
    stack.until("rows[0].kind === 'conv1d' && !problem && editor.props.shape.join() === '1,48'")
    learner.until("live.store.frame && live.store.description.spec.data.kind === 'series'")
    assert learner.spec("training.loss") == "mse"
    learner.button("One epoch").click()
    learner.until("live.store.frame?.step >= 50")
    page.go_back()
    stack.until("rows.some((row) => row.block)")
    learner.until("live.store.frame && live.store.description.spec.data.kind === 'images'")


def test_a_phone_and_a_desktop_show_everything_and_axe_finds_no_violation(visit: Visit) -> None:
    learner = visit(BUILDER, width=390, height=844)
    page, stack = learner.page, Stack(learner)
    page.get_by_role("button", name="Examples").wait_for()
    editor, live, controls = (
        page.locator(place).bounding_box() for place in (".lb-root", ".ll-body", ".st-key-lab_controls")
    )
    assert editor is not None and live is not None and controls is not None
    assert editor["y"] < live["y"] < controls["y"] and editor["x"] + editor["width"] <= 390
    assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth") <= 390
    assert [stack.cell(1, title) for title in ("Output", "Parameters", "Sees")] == ["4 × 6 × 6", "40", "3 × 3"]
    page.get_by_role("button", name="Add a layer").click()
    page.get_by_role("option", name="Dropout").click()
    stack.until("rows.length === 4")
    assert page.evaluate("document.scrollingElement.scrollWidth") <= 390

    page.get_by_role("button", name="Undo", exact=True).click()
    stack.until("rows.length === 3")
    page.set_viewport_size({"width": 1280, "height": 720})
    page.evaluate("document.querySelector('[data-testid=stMain]').scrollTo(0, 0)")
    for place in (".lb-toolbar", ".lb-drawing", ".lb-totals", ".ll-bar"):
        page.wait_for_function(IN_SIGHT, arg=place)
    stack.row(2).get_by_role("button", name="Remove layer 2").click()
    stack.until("problem")
    stack.value(1, "kernel").fill("99")
    stack.until("rows[0].bad.kernel")
    assert violations(learner, ".lb-root") == []
    learner.turn("dark")
    assert violations(learner, ".lb-root") == []
    page.get_by_role("button", name="Add a layer").click()
    page.get_by_role("listbox", name="Add a layer").wait_for()
    assert violations(learner, ".lb-root") == []
    learner.turn("light")
    assert violations(learner, ".lb-root") == []
