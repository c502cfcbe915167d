"""The live view as a whole, in a real browser: what a person presses, sees and hears, and what goes over the wire."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from harness import Harness

from tests.axe import violations

pytestmark = pytest.mark.browser
Visit = Callable[..., Any]
CURVES = {"top": [["loss", 2], ["accuracy", 1]], "tabs": [{"title": "Layers", "views": ["gradients"]}]}
NO_MORE = "loss,accuracy,gradients"


@pytest.fixture
def page(visit: Visit, harness: Harness) -> Any:
    """A page with the curves alone: the diagram and the plane have tests of their own."""
    harness.run.only = tuple(NO_MORE.split(","))
    return visit(layout=CURVES)


def text(page: Any, name: str) -> str:
    found: str = page.get_by_test_id(name).inner_text()
    return found


def until(page: Any, condition: Callable[[], bool], ms: int = 5000) -> None:
    """Wait until a condition over the server holds."""
    for _ in range(ms // 20):
        if condition():
            return
        page.wait_for_timeout(20)
    raise AssertionError("the condition never held")


def asked_for(harness: Harness) -> list[str]:
    """The views that the page wants to have now."""
    found: list[str] = (harness.commands("views") or harness.commands("hello"))[-1]["views"]
    return found


def test_play_moves_the_counters_and_pause_stops_them(page: Any, harness: Harness) -> None:
    assert text(page, "epoch") == "0" and text(page, "status").startswith("Ready")
    page.get_by_role("button", name="Play", exact=True).click()
    page.wait_for_function("Number(document.querySelector('[data-testid=epoch]').textContent) >= 2")
    assert text(page, "status") == "Training" and "epoch" in text(page, "rate")
    page.get_by_role("button", name="Pause", exact=True).click()
    until(page, lambda: harness.run.status == "paused")
    page.wait_for_timeout(200)
    steps = harness.run.steps
    assert text(page, "update") == f"{steps:,}" and text(page, "epoch") == f"{steps // 25:,}"
    loss = page.locator(".ll-figure[data-name=train_loss] dd").inner_text()
    assert loss == f"{harness.run.losses()['train_loss']:.3f}"
    assert page.locator(".ll-figure[data-name=test_loss] dt").inner_text() == "Test loss"


def test_the_button_flips_at_once_and_comes_back_when_refused(page: Any, harness: Harness) -> None:
    harness.refuse = "This run may not play."
    names = page.evaluate("""async () => {
      const button = document.querySelector(".ll-play"); const names = [button.getAttribute("aria-label")];
      button.click(); names.push(button.getAttribute("aria-label"));
      await new Promise((done) => setTimeout(done, 800)); return [...names, button.getAttribute("aria-label")]; }""")
    assert names == ["Play", "Pause", "Play"]
    assert text(page, "note") == "This run may not play."


def test_step_epoch_and_reset(page: Any, harness: Harness) -> None:
    page.get_by_role("button", name="One update", exact=True).click()
    page.wait_for_function("document.querySelector('[data-testid=update]').textContent == '1'")
    page.get_by_role("button", name="One epoch", exact=True).click()
    page.wait_for_function("document.querySelector('[data-testid=update]').textContent == '26'")
    page.get_by_role("button", name="Reset", exact=True).click()
    page.wait_for_function("document.querySelector('[data-testid=update]').textContent == '0'")
    assert [row["do"] for row in harness.received if row["do"] not in ("hello", "views")] == [
        "step",
        "step_epoch",
        "reset",
    ]


def test_speeds_are_sent_in_updates_a_second(page: Any, harness: Harness) -> None:
    speed = page.get_by_label("Speed")
    for title in ("1 update/s", "10 updates/s", "1 epoch/s", "10 epochs/s", "full speed"):
        speed.select_option(label=title)
    until(page, lambda: len(harness.commands("speed")) == 5)
    assert [row["updates_a_second"] for row in harness.commands("speed")] == [1, 10, 25, 250, None]
    harness.run.speed = 7.0  # another viewer chose a pace that is not on the menu
    page.wait_for_function("document.querySelector('.ll-speed').selectedOptions[0].textContent.startsWith('7.00')")


def test_rewind_goes_back_on_release(page: Any, harness: Harness) -> None:
    slider = page.get_by_label("Rewind")
    assert not slider.is_visible()
    page.get_by_role("button", name="One epoch", exact=True).click()
    slider.wait_for(state="visible")
    page.wait_for_function("document.querySelector('.ll-range').max == '25'")
    box = slider.bounding_box()
    page.mouse.move(box["x"] + box["width"] - 8, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2, steps=4)
    shown = page.locator(".ll-rewound").inner_text()
    assert re.fullmatch(r"update 1[0-4]", shown) and not harness.commands("rewind")
    page.mouse.up()
    until(page, lambda: bool(harness.commands("rewind")))
    assert f"update {harness.commands('rewind')[0]['step']}" == shown
    page.wait_for_function(f"document.querySelector('[data-testid=update]').textContent == '{shown.split()[1]}'")


def test_keys(page: Any, harness: Harness) -> None:
    done = lambda: [row["do"] for row in harness.received if row["do"] not in ("hello", "views")]  # noqa: E731
    page.keyboard.press("Space")
    until(page, lambda: done() == ["play"])
    page.keyboard.press("Space")
    until(page, lambda: done() == ["play", "pause"])
    page.keyboard.press("ArrowRight")
    until(page, lambda: done()[-1] == "step")
    page.keyboard.press("r")
    until(page, lambda: done()[-1] == "reset")
    count = len(done())
    page.keyboard.press("Control+ArrowRight")
    page.get_by_label("Speed").focus()
    page.keyboard.press("r")
    page.evaluate("document.body.append(Object.assign(document.createElement('input'), {id: 'field'}))")
    page.locator("#field").press_sequentially("r r")
    page.wait_for_timeout(200)
    assert len(done()) == count
    page.get_by_role("button", name="Play", exact=True).focus()
    page.keyboard.press("Space")  # a focused button hears the space bar itself, once
    until(page, lambda: len(done()) == count + 1)
    page.wait_for_timeout(150)
    assert len(done()) == count + 1


def test_only_what_is_in_sight_is_asked_for(visit: Visit, harness: Harness) -> None:
    harness.run.only = tuple(NO_MORE.split(","))
    page = visit(
        height=1200,
        layout={
            "top": [["loss", 1]],
            "tabs": [{"title": "A", "views": ["accuracy"]}, {"title": "B", "views": ["gradients"]}],
        },
    )
    until(page, lambda: asked_for(harness) == ["accuracy", "loss"])
    page.get_by_role("tab", name="A").focus()
    page.keyboard.press("ArrowRight")
    until(page, lambda: asked_for(harness) == ["gradients", "loss"])
    assert page.get_by_role("tab", name="B").get_attribute("aria-selected") == "true"
    page.evaluate("""() => { Object.defineProperty(document, "visibilityState", { value: "hidden" });
      document.dispatchEvent(new Event("visibilitychange")); }""")
    until(page, lambda: asked_for(harness) == [])


def test_a_picture_in_3_d_is_drawn_once_half_of_it_is_in_sight(visit: Visit, harness: Harness) -> None:
    harness.run.only = ("loss", "surface3d")
    page = visit(height=700, layout={"top": [["loss", 1]], "below": [["surface3d", 1]]})
    panel = page.locator("[data-view=surface3d]")
    box = panel.bounding_box()
    for share, views in ((0.3, ["loss"]), (0.7, ["loss", "surface3d"]), (0.3, ["loss"])):
        space = 700 - box["y"] - share * box["height"]
        page.evaluate("space => { document.getElementById('host').style.paddingTop = `${space}px`; }", space)
        until(page, lambda views=views: asked_for(harness) == views)
        assert panel.locator(".ll-title").is_visible(), "that it is there is seen"


def test_the_bar_keeps_counting_when_every_panel_is_out_of_sight(visit: Visit, harness: Harness) -> None:
    harness.run.only = tuple(NO_MORE.split(","))
    page = visit(width=390, height=700, layout=CURVES)  # there the bar is fixed
    page.evaluate("document.getElementById('host').style.paddingTop = '3000px'")
    until(page, lambda: asked_for(harness) == ["loss"])
    page.get_by_role("button", name="One update", exact=True).click()
    page.wait_for_function("document.querySelector('[data-testid=update]').textContent == '1'")
    loss = page.locator(".ll-figure[data-name=train_loss] dd").inner_text()
    assert loss == f"{harness.run.losses()['train_loss']:.3f}"


def test_a_lost_connection_says_so_and_heals(page: Any, harness: Harness) -> None:
    harness.accepting = False
    harness.drop()
    page.wait_for_selector(".ll-root[data-connection=offline]")
    assert text(page, "status") == "Connection lost. Trying again…"
    assert page.get_by_role("button", name="Play", exact=True).is_disabled()
    harness.accepting = True
    page.wait_for_selector(".ll-root[data-connection=open]", timeout=10_000)
    page.get_by_role("button", name="Play", exact=True).click()
    until(page, lambda: harness.run.status == "playing")


def test_rows_that_are_missing_make_it_ask_for_everything_anew(page: Any, harness: Harness) -> None:
    history = harness.run.history
    rows = "document.querySelector('.ll-root').layerlab.store.history.length"
    page.wait_for_function(f"{rows} == 1")
    harness.run.history = lambda start, end: history(start, end).replace(b'"start": 1,', b'"start": 9,')
    page.get_by_role("button", name="One update", exact=True).click()
    until(page, lambda: len(harness.commands("hello")) == 2)
    harness.run.history = history
    page.wait_for_selector(".ll-root[data-connection=open]", timeout=10_000)
    page.get_by_role("button", name="One update", exact=True).click()
    page.wait_for_function(f"{rows} == 3")
    assert len(harness.commands("hello")) == 2


def test_an_unknown_run_is_told_to_the_page_once(visit: Visit, harness: Harness) -> None:
    page = visit(token="old", wait=False, layout=CURVES)
    page.wait_for_selector(".ll-root[data-connection=lost]")
    page.wait_for_timeout(800)
    assert page.evaluate("window.triggers") == [["lost", True]] and len(harness.commands("hello")) == 1
    assert "no longer here" in text(page, "note")


def test_opening_again_changes_nothing_but_what_changed(page: Any, harness: Harness) -> None:
    page.evaluate("document.querySelectorAll('.ll-panel').forEach((p) => (p.marked = true))")
    page.evaluate("for (let i = 0; i < 5; i++) window.reopen()")
    moved = {"top": [["accuracy", 1]], "below": [["loss", 1]], "tabs": CURVES["tabs"]}
    page.evaluate(f"window.reopen({{layout: {json.dumps(moved)}}})")
    assert page.evaluate("[...document.querySelectorAll('.ll-panel')].map((p) => p.marked)") == [True] * 3
    assert page.evaluate("document.querySelectorAll('.ll-root').length") == 1
    assert page.locator(".ll-top .ll-panel").get_attribute("data-view") == "accuracy"
    assert len(harness.commands("hello")) == 1
    page.evaluate("window.reopen({token: 'good', base: location.origin + '/?'})")  # stands for another run
    until(page, lambda: len(harness.commands("hello")) == 2 and len(harness.sockets) == 1)
    assert page.evaluate("[...document.querySelectorAll('.ll-panel')].map((p) => p.marked)") == [True] * 3
    page.evaluate("window.cleanup()")
    until(page, lambda: not harness.sockets)
    assert page.locator(".ll-root").count() == 0


def test_hidden_controls_are_gone_and_metrics_stay(visit: Visit, harness: Harness) -> None:
    harness.run.only = tuple(NO_MORE.split(","))
    page = visit(layout=CURVES, hidden="step,epoch,speed,rewind")
    for name in ("One update", "One epoch", "Speed", "Rewind"):
        assert not page.get_by_label(name).is_visible()
    assert (
        page.get_by_role("button", name="Play", exact=True).is_visible() and page.get_by_test_id("epoch").is_visible()
    )
    page.keyboard.press("ArrowRight")
    page.wait_for_timeout(150)
    assert not harness.commands("step")


@pytest.mark.parametrize(
    ("status", "reason", "line", "note"),
    [
        ("finished", "It reached 100 epochs.", "Finished. It reached 100 epochs.", None),
        ("diverged", "The loss became infinite at update 7.", "Training diverged.", "infinite at update 7"),
        ("failed", "", "This run failed.", "Press Reset"),
        ("asleep", "", "Asleep: nobody was watching. Press Play to go on.", None),
        ("asleep", "Nobody watched, so training was paused.", "Asleep. Nobody watched, so training was paused.", None),
        ("building", "", "Building the network…", None),
    ],
)  # fmt: skip
def test_states_are_told_in_words(
    page: Any, harness: Harness, status: str, reason: str, line: str, note: str | None
) -> None:
    harness.run.status, harness.run.reason = status, reason
    page.wait_for_selector(f".ll-status[data-status={status}]")
    assert text(page, "status") == line
    spoken = page.locator(".ll-root > [aria-live=polite]").inner_text()
    assert (note or line) in spoken
    assert page.get_by_test_id("note").is_visible() is (note is not None)
    if note:
        assert note in text(page, "note")
        page.get_by_label("Close this note").click()
        assert not page.get_by_test_id("note").is_visible()


@pytest.mark.parametrize("status", ["finished", "asleep"])
def test_a_reason_that_is_cut_off_can_be_read_in_a_note(visit: Visit, harness: Harness, status: str) -> None:
    harness.run.only = tuple(NO_MORE.split(","))
    page = visit(width=360, height=700, layout=CURVES)
    harness.run.reason = "Nobody watched for 10 minutes, so training was paused. Play goes on." * 2
    harness.run.status = status
    page.wait_for_selector(f".ll-status[data-status={status}]")
    page.get_by_test_id("note").wait_for(state="visible")
    assert text(page, "note") == harness.run.reason


def test_a_text_names_no_button_that_is_hidden(visit: Visit, harness: Harness) -> None:
    harness.run.only = tuple(NO_MORE.split(","))
    page = visit(layout=CURVES, hidden="play,step,epoch,reset,speed,rewind")
    assert text(page, "status") == "Ready."
    for status, reason, line in (
        ("asleep", "", "Asleep: nobody was watching."),
        (
            "asleep",
            "Nobody watched, so training was paused. Play goes on.",
            "Asleep. Nobody watched, so training was paused.",
        ),
        ("failed", "", "This run failed."),
    ):
        harness.run.status, harness.run.reason = status, reason
        page.wait_for_function(
            "(line) => document.querySelector('[data-testid=status]').textContent === line", arg=line
        )
    assert text(page, "note") == "This run failed. Something went wrong while training."


HOLD = "document.querySelector('.ll-root').layerlab.store.emit('hold', sentence)"
MISSING = "Draw at least 4 points of each of two classes."


def test_what_trains_waits_for_what_is_missing(page: Any, harness: Harness) -> None:
    page.get_by_role("button", name="Play", exact=True).click()
    until(page, lambda: harness.run.status == "playing")
    page.evaluate(f"(sentence) => {HOLD}", MISSING)
    until(page, lambda: harness.run.status == "paused")
    page.wait_for_selector(".ll-status[data-status=paused]")
    assert text(page, "status") == MISSING
    count = len(harness.received)
    for name in ("Play", "One update", "One epoch"):
        page.get_by_role("button", name=name, exact=True).click()
        assert text(page, "note") == MISSING
        page.get_by_role("button", name="Close this note").click()  # without a menu above it lies over the bar
    page.keyboard.press("Escape")
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowRight")
    page.wait_for_timeout(200)
    assert len(harness.received) == count and harness.run.status == "paused"
    page.evaluate(f"(sentence) => {HOLD}", None)
    assert text(page, "status").startswith("Paused")
    page.get_by_role("button", name="Play", exact=True).click()
    until(page, lambda: harness.run.status == "playing")


def test_pictures_offer_nothing_that_is_hidden(visit: Visit, harness: Harness) -> None:
    layout = {"top": [["network", 2], ["output", 1]]}
    page = visit(layout=layout, hidden="layers,weights")
    page.wait_for_selector(".llv-head")
    page.wait_for_selector(".llv-unit")
    assert page.locator(".llv-head button").count() == 0 and "4" in page.locator(".llv-head").inner_text()
    page.locator(".llv-unit").last.click()
    assert page.get_by_role("dialog").count() == 0 and page.locator(".llv-editor:visible").count() == 0
    page.evaluate("window.reopen({hidden: []})")
    page.get_by_role("button", name="Remove hidden layer 1").wait_for()
    page.locator(".llv-unit").last.click()
    page.get_by_role("dialog", name="Set a weight by hand").wait_for()


def test_nothing_jumps_while_frames_arrive(visit: Visit, harness: Harness) -> None:
    harness.run.only = ("loss", "accuracy", "confusion")
    page = visit(layout={"top": [["loss", 1], ["accuracy", 1]], "below": [["confusion", 1]]})
    page.wait_for_selector(".ll-plot .main-svg")
    page.evaluate("""() => { window.shift = 0; window.moved = []; new PerformanceObserver((list) =>
      list.getEntries().forEach((entry) => { window.shift += entry.value;
        window.moved.push(...entry.sources.map((s) => s.node?.outerHTML?.slice(0, 120))); }))
      .observe({ type: "layout-shift" }); }""")
    harness.run.status = "playing"
    page.wait_for_timeout(2500)
    harness.run.status, harness.run.reason = "diverged", "The loss became infinite."
    page.wait_for_timeout(400)
    assert page.evaluate("window.shift") == 0, page.evaluate("window.moved")


def test_the_main_view_fits_and_a_phone_stacks(visit: Visit, harness: Harness) -> None:
    harness.run.only = (*NO_MORE.split(","), "confusion")
    layout = {"top": [["loss", 2], ["accuracy", 1]], "below": [["gradients", 1], ["confusion", 1]]}
    page = visit(layout=layout)
    page.wait_for_selector("[data-view=confusion] td")
    bottoms = [box["y"] + box["height"] for box in (panel.bounding_box() for panel in page.locator(".ll-panel").all())]
    assert len(bottoms) == 4 and max(bottoms) <= 640
    phone = visit(width=390, height=844, layout=layout)
    phone.wait_for_selector(".ll-top .ll-panel")
    boxes = [panel.bounding_box() for panel in phone.locator(".ll-panel").all()]
    assert len({round(box["x"]) for box in boxes}) == 1
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
    bar = phone.locator(".ll-bar").bounding_box()
    assert bar["y"] + bar["height"] == pytest.approx(844, abs=1)
    # the last panel can be scrolled free of the bar
    phone.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
    last = phone.locator(".ll-panel").last.bounding_box()
    assert last["y"] + last["height"] <= bar["y"]


def test_help_opens_and_closes_by_keyboard(page: Any) -> None:
    button = page.get_by_role("button", name="About Loss")
    button.focus()
    bubble = page.get_by_role("tooltip")
    assert bubble.inner_text() == "How wrong the network is, on average."
    page.keyboard.press("Escape")
    assert bubble.count() == 0


@pytest.mark.parametrize("dark", [False, True])
def test_axe_finds_nothing(visit: Visit, harness: Harness, dark: bool) -> None:
    harness.run.only = (*NO_MORE.split(","), "bars", "confusion")
    page = visit(layout=CURVES | {"below": [["bars", 1], ["confusion", 1]]}, dark=dark)
    harness.run.step()
    page.wait_for_selector(".ll-plot .main-svg")
    page.wait_for_timeout(600)
    assert violations(page) == []


def test_a_view_of_an_unknown_kind_says_so_and_the_others_go_on(
    visit: Visit, harness: Harness, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = harness.run.views
    strange = {"name": "strange", "kind": "hologram", "title": "Strange", "help": "", "series": [], "options": {}}
    monkeypatch.setattr(harness.run, "views", lambda: [*known(), strange])
    harness.run.only = ("loss", "strange")
    page = visit(layout={"top": [["strange", 1], ["loss", 1]]})
    page.locator("[data-view=strange]").get_by_text("This view could not be drawn. The others go on.").wait_for()
    page.get_by_role("button", name="Play", exact=True).click()
    page.wait_for_function("Number(document.querySelector('[data-testid=epoch]').textContent) >= 2")
    page.wait_for_selector("[data-view=loss] .js-plotly-plot .scatterlayer path.js-line")
    assert [error for error in page.errors if "hologram" not in error] == []
    assert page.errors  # the console says which view and why
    page.errors.clear()
