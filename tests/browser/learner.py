"""A learner in front of a page: what they press, and what their live view holds."""

from __future__ import annotations

from typing import Any, Literal

from playwright.sync_api import Locator, Page, TimeoutError

from ui.pages import page_at

POLL = 40  # ms; to ask at every picture of the screen makes the browser draw sixty a second
PATIENCE = 60_000  # ms; a busy machine is slow, and no test here is about time
Theme = Literal["light", "dark"]
# Something is on its way: a colour, a part that unfolds. What turns for ever, as who waits does, is not
MOVES = """document.getAnimations().some((one) => one.playState === "running"
  && Number.isFinite(one.effect.getComputedTiming().endTime))"""
# The live view and every chart in sight have the theme
TURNED = f"""(theme) => {{ const live = document.querySelector(".ll-root").layerlab;
  return live.root.dataset.theme === theme && live.palette.dark === (theme === "dark")
    && [...document.querySelectorAll(".ll-plot")].every((plot) => !plot.checkVisibility() || !plot.layout
      || plot.layout.font.color === live.palette.text)
    && !{MOVES}; }}"""
# While a script runs, Streamlit lets what it has not drawn anew yet fade
AT_REST = f"""() => document.querySelector(".stApp")?.dataset.testScriptState === "notRunning"
  && !document.querySelector("[data-testid=stElementContainer][data-stale=true]")
  && !{MOVES}"""
# What has arrived is drawn with the next picture of the screen, which comes before what waits for one from now; a page
# that lies behind another gets none
DRAWN = "() => document.hidden ? null : new Promise(requestAnimationFrame)"
LIVE = "document.querySelector('.ll-root').layerlab"


class Learner:
    """One page in a browser of its own."""

    def __init__(self, page: Page) -> None:
        self.page = page
        page.set_default_timeout(PATIENCE)

    def arrive(self) -> None:
        """Wait until the run of the page is there and its first frame has been drawn."""
        try:
            self.page.wait_for_selector(".ll-root[data-connection=open]")
        except TimeoutError as error:
            error.add_note(f"no live view opened; the page says {self.page.inner_text('body')[:2000]!r}")
            raise
        self.until("live.store.frame && live.stats.drawn > 0 && !live.bar.play.disabled")

    # What is there

    def live(self, expression: str, argument: Any = None) -> Any:
        """A value of the live view: `expression` may use `live` and `argument`."""
        return self.page.evaluate(f"(argument) => {{ const live = {LIVE}; return {expression}; }}", argument)

    def until(self, condition: str, argument: Any = None) -> None:
        """Wait until a condition of the live view holds, and is drawn.

        While a network is built there is no frame to hold it.
        """
        find = "const live = document.querySelector('.ll-root')?.layerlab"
        there = "live?.store.frame" if "live.store.frame" in condition else "live"
        script = f"(argument) => {{ {find}; return {there} && ({condition}); }}"
        try:
            self.page.wait_for_function(script, arg=argument, polling=POLL)
        except TimeoutError as error:
            error.add_note(f"waited for {condition}; status {self.shown('status')!r}")
            raise
        self.page.evaluate(DRAWN)

    def shown(self, name: str) -> str:
        """The text of one of the live view's marked places (epoch, update, status, note), once it is up to date."""
        self.page.evaluate(DRAWN)
        return self.page.get_by_test_id(name).inner_text()

    @property
    def epoch(self) -> int:
        """The epoch counter, as it is read on the screen."""
        return int(self.shown("epoch").replace(",", ""))

    @property
    def update(self) -> int:
        """The update counter, as it is read on the screen."""
        return int(self.shown("update").replace(",", ""))

    @property
    def status(self) -> str:
        """What the run is doing."""
        return str(self.live("live.store.state.status"))

    @property
    def generation(self) -> int:
        """How often the network was built."""
        return int(self.live("live.store.description.generation"))

    @property
    def run(self) -> str:
        """The run's id in the address."""
        return str(self.page.evaluate("new URL(location.href).searchParams.get('run')"))

    def spec(self, path: str) -> Any:
        """A value of the spec that the run carries out now: as it was built, and what was changed since."""
        script = """(path) => { const { description, state } = document.querySelector(".ll-root").layerlab.store;
          if (path in state.changes) return state.changes[path];
          return path.split(".").reduce((part, name) => part[name], description.spec); }"""
        return self.page.evaluate(script, path)

    def array(self, name: str) -> list[float]:
        """An array of the newest frame, flat."""
        return list(self.live("Array.from(live.store.frame.arrays.get(argument).data)", name))

    def column(self, name: str) -> list[float]:
        """A column of the history that the browser has."""
        return list(self.live("Array.from(live.store.history.column(argument))", name))

    # What a learner does

    def settle(self) -> None:
        """Wait until the page is drawn and nothing on it moves: what is about to move may escape a click."""
        self.page.wait_for_function(AT_REST, polling=POLL)

    def predict(self, question: str, answer: str) -> None:
        """Open the question that begins so, and choose an answer."""
        self.settle()
        asked = self.page.locator("details").filter(has_text=f"Predict: {question}")
        asked.locator("summary").click()
        self.settle()  # what unfolds is scrolled meanwhile: a click would begin on one answer and end on the next
        asked.get_by_text(answer, exact=True).click()
        asked.get_by_text("Noted. Now try it").wait_for()

    def button(self, name: str) -> Locator:
        """The button of exactly this name."""
        return self.page.get_by_role("button", name=name, exact=True)

    def play(self) -> None:
        """Press Play, and wait until it trains (a short training may be over by then)."""
        self.button("Play").click()
        self.until("['playing', 'finished'].includes(live.store.state.status)")

    def pause(self) -> None:
        """Press Pause, and wait until it rests and the last frame is there."""
        self.button("Pause").click()
        self.until("live.store.state.status == 'paused' && live.store.frame.step == live.store.state.step")

    def finish(self) -> None:
        """Wait until training is over, and the last frame is there.

        Another page lies in front meanwhile, as with somebody who reads on: what is in sight draws all that arrives.
        """
        front = self.page.context.new_page()
        try:
            self.until("live.store.state.status === 'finished'")
        finally:
            front.close()
            self.page.bring_to_front()
        self.until("live.store.frame.step === live.store.state.step")

    def pass_updates(self, count: int) -> None:
        """Wait until so many more updates were shown."""
        self.until("live.store.frame")
        step = self.live("live.store.frame.step")
        self.until("live.store.frame.step >= argument", step + count)

    def tab(self, name: str) -> None:
        """Open one of the tabs of the controls or of the views."""
        self.page.get_by_role("tab", name=name, exact=True).click()

    def go_to(self, path: str) -> None:
        """Go to a page through the menu."""
        page = page_at(path)
        if page.group:
            self.page.get_by_test_id("stHeader").get_by_text(page.group, exact=True).click()
        self.page.get_by_role("menuitem", name=page.title, exact=True).click()
        self.page.wait_for_url(f"**/{path}**")

    def choose(self, label: str, value: str) -> None:
        """Choose from a menu of the controls; `label` is how its title begins."""
        box = self.page.get_by_role("combobox", name=label)
        box.click()
        box.fill(value)
        self.page.get_by_role("option", name=value, exact=True).click()

    def turn(self, theme: Theme) -> None:
        """Choose the system's theme, and wait until all that is in sight has its colours."""
        self.page.emulate_media(color_scheme=theme)
        self.turned(theme)

    def turned(self, theme: Theme) -> None:
        """Wait until all that is in sight has the colours of a theme."""
        self.page.wait_for_function(TURNED, arg=theme)

    def rest(self) -> None:
        """Leave no run behind that keeps a worker busy."""
        if self.page.is_closed() or not self.page.locator(".ll-root[data-connection=open]").count():
            return
        if self.status == "playing":
            self.live("live.send({ do: 'pause' }).catch(() => null)")
