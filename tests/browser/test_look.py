"""How it looks: fits a projector and a phone, follows the theme, and is accessible."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from accessibility import violations
from learner import Learner, Theme

pytestmark = pytest.mark.browser
Visit = Callable[..., Learner]
LABS = ["/playground", "/perceptron"]
TALL = 4500  # pixels, which all tabs of a lab need below each other
SCROLLER = "document.querySelector('[data-testid=stMain]')"
DRAWN = """() => !document.querySelector(".ll-skeleton")
  && [...document.querySelectorAll(".ll-plot")].every((plot) => plot.querySelector(".main-svg"))"""


class Desk:
    """Pages that stay open, for tests that look at one as it comes, as it is after training, or at another size."""

    def __init__(self, stay: Callable[[str], Learner]) -> None:
        self.stay = stay
        self.pages: dict[str, Learner] = {}
        self.scrolled: dict[str, float] = {}  # how far a page had scrolled by itself when it was there

    def open(self, path: str, width: int = 1280, height: int = 720) -> Learner:
        """A page on a projector, or of another size, with nothing trained."""
        if path in self.pages:
            self.again(path)
        else:
            self.pages[path] = self.stay(path)
            self.scrolled[path] = self.pages[path].page.evaluate(f"{SCROLLER}?.scrollTop ?? 0")
        page = self.pages[path].page
        page.bring_to_front()
        page.set_viewport_size({"width": width, "height": height})
        return self.pages[path]

    def again(self, path: str) -> None:
        """Bring a page back to what it was at first."""
        learner = self.pages[path]
        learner.page.set_viewport_size({"width": 1280, "height": 720})
        learner.page.emulate_media(color_scheme="light")
        if path != "/":
            learner.page.locator(".ll-tab").first.click()
        if path != "/" and learner.live("live.store.state.status !== 'ready' || live.store.state.step > 0"):
            learner.live("live.send({ do: 'pause' })")
            learner.live("live.send({ do: 'reset' })")
            learner.until("live.store.frame?.step === 0 && live.store.state.status === 'ready'")
        learner.page.evaluate(f"{SCROLLER}.scrollTop = 0")

    def give(self, path: str) -> Learner:
        """A page for a test that leaves it for another; whoever wants it again gets a new one."""
        learner = self.open(path)
        del self.pages[path]
        return learner


@pytest.fixture(scope="module")
def desk(stay: Callable[[str], Learner]) -> Desk:
    return Desk(stay)


def test_the_theme_follows_the_system(visit: Visit) -> None:
    learner = visit(dark=True)
    assert learner.page.locator(".ll-root").get_attribute("data-theme") == "dark"
    background = learner.page.evaluate("getComputedStyle(document.querySelector('.stApp')).backgroundColor")
    assert background == "rgb(16, 21, 28)"
    assert learner.live("live.palette.background").lower() in ("#10151c", "rgb(16, 21, 28)")
    learner.page.emulate_media(color_scheme="light")
    learner.page.wait_for_selector(".ll-root[data-theme=light]")


@pytest.mark.parametrize("path", LABS)
def test_axe_finds_no_violation_in_what_we_draw(desk: Desk, path: str) -> None:
    learner = desk.open(path)
    page = learner.page
    for _ in range(3):
        learner.button("One epoch").click()
    learner.until("live.store.frame.step > 0")
    for tab in page.locator(".ll-tab").all():
        tab.click()
        page.locator(f"#{tab.get_attribute('aria-controls')}").wait_for(state="visible")
    # all tabs at once, on a screen so high that all is in sight and drawn: every look of axe takes a second or more
    page.locator(".ll-tabpanel").evaluate_all("(panels) => panels.forEach((panel) => (panel.hidden = false))")
    page.set_viewport_size({"width": 1280, "height": TALL})
    page.wait_for_function(DRAWN)
    themes: tuple[Theme, ...] = ("light", "dark")
    for theme in themes:
        learner.turn(theme)
        assert violations(learner, ours=True) == [], theme
        page.locator(".llv-unit").last.focus()
        page.keyboard.press("Enter")
        page.get_by_role("dialog", name="Set a weight by hand").wait_for()
        assert violations(learner, ".llv-network") == [], theme
        page.keyboard.press("Escape")


@pytest.mark.parametrize(
    ("path", "views"),
    [
        ("/playground", ("network", "output", "loss", "score")),
        ("/perceptron", ("output", "network", "mistakes", "score")),
    ],
)
def test_the_main_view_fits_a_projector(desk: Desk, path: str, views: tuple[str, ...]) -> None:
    learner = desk.open(path)
    for place in (".ll-bar", *(f"[data-view={name}]" for name in views), ".ll-tablist"):
        box = learner.page.locator(place).bounding_box()
        assert box is not None and box["y"] >= 0 and box["y"] + box["height"] <= 720, (place, box)
    assert desk.scrolled[path] == 0


@pytest.mark.parametrize(
    ("path", "heading", "first"),
    [("/playground", "Playground", "network"), ("/perceptron", "The perceptron, 1958", "output")],
)
def test_on_a_phone_the_picture_comes_before_the_controls(desk: Desk, path: str, heading: str, first: str) -> None:
    learner = desk.open(path, width=390, height=844)
    page = learner.page
    page.get_by_role("button", name="Examples").wait_for()
    bar, view, controls = (
        page.locator(place).bounding_box() for place in (".ll-bar", f"[data-view={first}]", ".st-key-lab_controls")
    )
    assert bar is not None and view is not None and controls is not None
    assert view["y"] + view["height"] <= bar["y"], "the first picture stands in sight above the bar"
    assert controls["y"] >= view["y"] + view["height"]
    title = page.get_by_role("heading", level=1).bounding_box()
    status = page.get_by_test_id("status").bounding_box()
    assert title is not None and status is not None and title["y"] + title["height"] <= status["y"]
    assert page.get_by_role("heading", level=1).inner_text() == heading
    last = page.locator(".ll-tabpanel:visible .ll-panel").last.bounding_box()
    assert last is not None and controls["y"] - (last["y"] + last["height"]) < 40, "no empty stretch between the two"
    page.get_by_role("link", name="Controls").click()
    page.wait_for_function(
        "document.querySelector('.st-key-lab_controls').getBoundingClientRect().top < innerHeight / 3"
    )
    header = page.locator("[data-testid=stHeader]").bounding_box()
    box = page.get_by_role("button", name="Examples").bounding_box()
    assert header is not None and box is not None and box["y"] >= header["y"] + header["height"]


@pytest.mark.parametrize("path", ["/", *LABS])
def test_every_page_has_one_first_heading(desk: Desk, path: str) -> None:
    page = desk.open(path).page
    page.get_by_role("heading", level=1).wait_for(state="attached")
    assert page.get_by_role("heading", level=1).count() == 1


@pytest.mark.parametrize("width", [390, 1280])
def test_titles_of_cards_are_read_in_full_and_stand_in_line(desk: Desk, width: int) -> None:
    page = desk.open("/", width=width).page
    page.get_by_role("link", name="Diabetes").wait_for()
    cut = """(links) => links.filter((link) => {
      const words = document.createRange();
      words.selectNodeContents(link.querySelector("p"));
      const end = words.getBoundingClientRect().right;
      for (let at = link.querySelector("p"); at.dataset.testid !== "stVerticalBlock"; at = at.parentElement)
        if (getComputedStyle(at).overflowX !== "visible" && at.getBoundingClientRect().right < end - 1) return true;
      return false; }).map((link) => link.textContent)"""
    assert page.locator(".stMain .stPageLink a").evaluate_all(cut) == []
    starts = page.locator(".stMain .stPageLink a", has_text="Diabetes").evaluate(
        """(link) => ["a p", "[data-testid=stCaptionContainer] p"].map((place) =>
          link.closest("[data-testid=stVerticalBlock]").querySelector(place).getBoundingClientRect().left)"""
    )
    assert starts[0] == pytest.approx(starts[1], abs=1)


@pytest.mark.parametrize("width", [1280, 1600])
def test_a_note_hides_nothing(desk: Desk, width: int) -> None:
    learner = desk.open("/playground", width=width, height=width * 9 // 16)
    page = learner.page
    long = "The loss became infinite at update 7: the steps were so large that the weights ran away. " * 2
    learner.live("live.bar.status.say(argument)", long)
    note = page.get_by_test_id("note")
    note.wait_for(state="visible")
    covered = """() => { const box = document.querySelector("[data-testid=note]").getBoundingClientRect();
      const under = (element) => { const other = element.getBoundingClientRect();
        return other.width && other.left < box.right && other.right > box.left && other.top < box.bottom
          && other.bottom > box.top; };
      return [...document.querySelectorAll(".ll-bar, .ll-under, .ll-panel, .ll-tabs, .st-key-lab_controls, "
        + ".st-key-lab_lesson" + (box.width && innerWidth >= 1600 ? ", [data-testid=stHeader] a" : ""))]
        .filter(under).map((element) => element.className); }"""
    assert page.evaluate(covered) == []
    page.get_by_role("button", name="Close this note").click()
    note.wait_for(state="hidden")


def test_a_reason_is_read_in_full_where_it_stands_and_not_told_twice(desk: Desk) -> None:
    learner = desk.open("/perceptron")
    learner.button("Play").click()
    learner.until("live.store.state.status === 'finished'")
    status = learner.page.get_by_test_id("status")
    learner.page.get_by_test_id("status").filter(has_text=learner.live("live.store.state.reason")).wait_for()
    assert status.evaluate("(e) => e.scrollHeight <= e.clientHeight + 1"), "nothing of it is cut off"
    assert not learner.page.get_by_test_id("note").is_visible()


def test_three_classes_are_all_seen_in_3_d(visit: Visit) -> None:
    learner = visit("/playground?example=rings")
    learner.play()
    learner.until("live.store.frame.epoch >= 30 || live.store.state.status === 'finished'")
    learner.rest()
    learner.tab("Output in 3-D")
    drawn = """() => { const data = document.querySelector("[data-view=output_3d] .ll-plot")?.data ?? [];
      const shares = data.filter((trace) => trace.type === "surface").map((trace) => {
        const all = trace.z.flatMap((row) => [...row]);
        return all.filter(Number.isFinite).length / all.length; });
      return shares.length === 3 && shares.every((share) => share > 0) && shares; }"""
    shares = learner.page.wait_for_function(drawn).json_value()
    assert all(0.01 < share < 0.9 for share in shares), "each has its own part of the plane"
    assert 1 <= sum(shares) < 1.7, "they meet, and overlap at their borders only"


def nothing_sticks_out(learner: Learner) -> None:
    """Nothing of a page on a phone is wider than it, also while it trains."""
    page = learner.page
    if page.locator(".ll-bar").count():
        bar = page.locator(".ll-bar").bounding_box()
        assert bar is not None and bar["y"] >= 0 and bar["y"] + bar["height"] <= 845, "the bar is in reach"
        learner.button("Play").click()
        learner.until("live.store.frame?.step > 0 || live.store.state.status === 'finished'")
    assert page.evaluate("document.scrollingElement.scrollWidth") <= 390
    wide = """() => { const main = document.querySelector("[data-testid=stMain]");
      return [main.scrollWidth, [...main.querySelectorAll("*")].filter((e) => {
        const box = e.getBoundingClientRect();
        if (!box.width || box.right <= innerWidth + 1 || !e.checkVisibility()) return false;
        for (let at = e.parentElement; at && at !== main; at = at.parentElement)
          if (["auto", "scroll", "hidden", "clip"].includes(getComputedStyle(at).overflowX)) return false;
        return true; }).map((e) => e.outerHTML.slice(0, 120)).slice(0, 5)]; }"""
    width, sticking_out = page.evaluate(wide)
    assert width <= 390 and sticking_out == []
    learner.rest()


@pytest.mark.parametrize("path", ["/", *LABS])
def test_nothing_is_wider_than_a_phone(desk: Desk, path: str) -> None:
    learner = desk.open(path, width=390, height=844)
    if path == "/":
        learner.page.get_by_role("heading", name="LayerLab").wait_for()
    nothing_sticks_out(learner)


@pytest.mark.parametrize("path", ["/cnn", "/playground?example=breast-cancer", "/neuron?section=rule"])
def test_nothing_is_wider_than_the_phone_that_opens_it(visit: Visit, path: str) -> None:
    learner = visit(path, width=390, height=844)
    learner.settle()
    over = """() => { const words = document.createRange();
      words.selectNodeContents(document.querySelector(".st-key-lab_lesson :is(h1, h2)"));
      const link = document.querySelector(".lab-jump").getBoundingClientRect();
      return [...words.getClientRects()].some((line) => line.right > link.left && line.top < link.bottom
        && line.bottom > link.top && line.left < link.right); }"""
    assert not learner.page.evaluate(over), "the link to the controls and the heading lie over each other"
    nothing_sticks_out(learner)


def test_every_page_has_its_own_title(desk: Desk) -> None:
    learner = desk.give("/perceptron")
    learner.page.wait_for_function("document.title === 'Perceptron · LayerLab'")
    learner.go_to("playground")
    learner.arrive()
    learner.page.wait_for_function("document.title === 'Playground · LayerLab'")
    learner.until("live.store.description.lab === 'supervised'")
