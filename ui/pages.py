"""The pages there are: the menu, the start page and the tests derive from these rows."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent.parent / "pages"
ICON = Path(__file__).parent / "layerlab.svg"  # a file: Streamlit fetches named icons of a tab from the network


GROUPS = ("", "Build", "Foundations", "Images", "Data", "Reference")  # of the menu, in this order


@dataclass(frozen=True, slots=True, kw_only=True)
class PageRow:
    """One page: its script in `pages/`, its address, and one sentence for the start page."""

    path: str
    title: str
    icon: str
    summary: str
    group: str
    minutes: int | None = None  # how long a lesson takes
    lab: str | None = None  # the kind of lab whose experiments run here
    labs_too: tuple[str, ...] = ()  # further kinds that run here
    default: bool = False

    @property
    def labs(self) -> tuple[str, ...]:
        """All kinds of labs whose experiments run here, the one to begin with first."""
        return (self.lab, *self.labs_too) if self.lab else ()

    @property
    def script(self) -> Path:
        """The script that draws the page."""
        return FOLDER / f"{self.path}.py"


PAGES: tuple[PageRow, ...] = (
    PageRow(
        path="home",
        title="LayerLab",
        icon=":material/layers:",
        summary="Where to begin.",
        group="",
        default=True,
    ),
    PageRow(
        path="playground",
        title="Playground",
        icon=":material/hub:",
        summary="Build a small network, press Play, and watch every unit, weight and gradient while PyTorch trains it.",
        group="Build",
        lab="supervised",
    ),
    PageRow(
        path="builder",
        title="Builder",
        icon=":material/stacks:",
        summary="Stack any layers on any data, see every shape and cost at once, and train what you built.",
        group="Build",
        lab="layered",
    ),
    PageRow(
        path="neuron",
        title="The neuron",
        icon=":material/fiber_manual_record:",
        summary="One weighted sum and its border: set it by hand, let it learn, and see why XOR takes two layers.",
        group="Foundations",
        minutes=20,
    ),
    PageRow(
        path="perceptron",
        title="Perceptron",
        icon=":material/linear_scale:",
        summary="The first machine that learned, 1958: one unit that corrects itself after every mistake.",
        group="Foundations",
        minutes=10,
        lab="perceptron",
    ),
    PageRow(
        path="activations",
        title="Activation functions",
        icon=":material/show_chart:",
        summary="Each with its slope, and what slopes do to deep networks: gradients that vanish, units that die.",
        group="Foundations",
        minutes=30,
    ),
    PageRow(
        path="losses",
        title="Losses",
        icon=":material/trending_down:",
        summary="How wrong is it? Drag a prediction and an outlier, and see what each loss makes of them.",
        group="Foundations",
        minutes=20,
    ),
    PageRow(
        path="backpropagation",
        title="Backpropagation",
        icon=":material/undo:",
        summary="One update of a small network, step by step: every number, every factor of the chain rule, checked.",
        group="Foundations",
        minutes=25,
    ),
    PageRow(
        path="optimizers",
        title="Optimizers",
        icon=":material/landscape:",
        summary="Drop a ball on a loss surface and watch eight optimizers race down from it, each in its own way.",
        group="Foundations",
        minutes=30,
    ),
    PageRow(
        path="overfitting",
        title="Under- and over-fitting",
        icon=":material/show_chart:",
        summary="Too simple, right, by heart: capacity, data and noise against new data, and what helps.",
        group="Foundations",
        minutes=30,
    ),
    PageRow(
        path="depth",
        title="Deep or shallow",
        icon=":material/height:",
        summary="One wide layer or several narrow ones, weights that start well or badly, and a network that explodes.",
        group="Foundations",
        minutes=25,
    ),
    PageRow(
        path="cnn",
        title="Convolutions",
        icon=":material/grid_on:",
        summary="Watch filters and feature maps form, take any value apart, and draw a digit yourself.",
        group="Images",
        lab="layered",
    ),
    PageRow(
        path="scenes",
        title="Scenes",
        icon=":material/center_focus_strong:",
        summary="Find figures with boxes round them, or colour every pixel, and watch the answer take shape.",
        group="Images",
        lab="detection",
        labs_too=("segmentation",),
    ),
    PageRow(
        path="data",
        title="Data studio",
        icon=":material/table_chart:",
        summary="Look into data, bring your own, prepare them, and see what each step does to what is learned.",
        group="Data",
    ),
    PageRow(
        path="history",
        title="History",
        icon=":material/history_edu:",
        summary="From 1943 on: each year an experiment that runs with what was known then, and what it could not do.",
        group="Reference",
        minutes=30,
    ),
    PageRow(
        path="glossary",
        title="Glossary",
        icon=":material/menu_book:",
        summary="Each term in two sentences, with a link to the page where it is seen at work.",
        group="Reference",
    ),
)


def page_at(path: str) -> PageRow:
    """The page at an address. Raises: KeyError: there is none."""
    return {page.path: page for page in PAGES}[path]


def title_of(path: str) -> str:
    """The title of the page at an address. Raises: KeyError: there is none."""
    return page_at(path).title


def grouped() -> dict[str, tuple[PageRow, ...]]:
    """The pages of each group of the menu that has any, in the order of the rows."""
    rows = {group: tuple(page for page in PAGES if page.group == group) for group in GROUPS}
    return {group: pages for group, pages in rows.items() if pages}


LESSONS = "Foundations"  # the group whose pages are read one after the other


def page_after(path: str) -> PageRow | None:
    """The page to go on with after a lesson, in the order of the menu; None where no lesson is read."""
    rows = [page for group in GROUPS for page in PAGES if page.group == group]
    at = next((number for number, page in enumerate(rows) if page.path == path and page.group == LESSONS), None)
    return rows[at + 1] if at is not None and at + 1 < len(rows) else None
