"""Scenes: find the figures with boxes round them, or say of every pixel what it belongs to."""

from dlcore.examples import example
from ui.glossary import term
from ui.kinds import kind_of_visit, kind_switch
from ui.lab_page import lab_page
from ui.live.component import Layout
from ui.teaching import concept, explain, predict

TITLES = {"detection": "Detection: boxes", "segmentation": "Segmentation: pixels"}
DEFAULTS = {kind: example(f"shapes-{kind}").spec for kind in TITLES}
INSIDE = (
    ("Gradients", ("gradient_norm", "gradients")),
    ("Updates", ("update_ratio", "learning_rate")),
    ("Weights", ("weights",)),
    ("Filters", ("filters",)),
)
kind = kind_of_visit("scenes", tuple(TITLES))


def detection() -> None:
    """What is to be read before a detector trains."""
    concept(
        "Find the figures",
        "The scene is cut into cells. Each cell says how sure it is that a figure's centre lies in it, where the "
        f"figure's box is, and which figure it is: that is {term('detection')}. Boxes are judged by their overlap "
        f"with the true ones, their {term('IoU')}: "
        "$\\mathrm{IoU} = \\frac{|A \\cap B|}{|A \\cup B|}$.",
    )
    kind_switch("scenes", TITLES, DEFAULTS)
    predict(
        "detection",
        "What will it learn first?",
        ("Which figure it is", "That most cells are empty", "Exact boxes"),
        right=1,
        why="Two or three of 36 cells hold a centre. “Nothing here” is the cheapest answer, so at first no box is sure "
        "at all. Then boxes appear, and become tight; circle, square or triangle takes the longest.",
    )


def segmentation() -> None:
    """What is to be read before a U-Net trains."""
    concept(
        "Colour the pixels",
        f"A {term('U-Net')} says of every pixel what it belongs to ({term('segmentation')}). The way down halves the "
        "maps and sees *what* there is; the way up doubles them again, and short cuts bring back *where* the edges "
        "were. Regions are judged by $\\mathrm{IoU} = \\frac{TP}{TP + FP + FN}$.",
    )
    kind_switch("scenes", TITLES, DEFAULTS)
    predict(
        "segmentation",
        "How many pixels are right if it calls everything background?",
        ("About half", "About nine of ten", "None"),
        right=1,
        why="Figures cover about a tenth of a scene. So a pixel accuracy of 90 % says nothing, and the IoU of the "
        "figures, which is 0 then, says it all. Dice loss, too, counts a small figure as much as the background.",
    )


if kind == "detection":
    lab_page(
        kind,
        default=DEFAULTS[kind],
        lesson=detection,
        layout=Layout(
            top=(("scene", 1),),
            below=(("loss", 1), ("iou", 1), ("ap", 1)),
            tabs=(("Parts of the loss", ("loss_parts", "class_ap")), *INSIDE),
        ),
    )
    explain(
        f"**{term('average precision', 'Average precision')}.** "
        "List all boxes, the surest first. After $k$ boxes, $h$ of them right, precision is "
        "$P_k = h/k$ and recall $R_k = h/\\text{figures}$; right means the class is and $\\mathrm{IoU} \\ge 0.5$, each "
        "figure once. $AP = \\sum_k (R_k - R_{k-1}) \\max_{j \\ge k} P_j$, the mean over the classes: 1 where all "
        "figures come before the first mistake.\n\n"
        f"**{term('non-maximum suppression', 'Suppression')}.** "
        "Cells beside the centre see the same figure. Of boxes with $\\mathrm{IoU} > 0.5$ only the "
        "surest is kept; *Suppressed* shows the others.\n\n"
        "**Try** 4 levels: cells of 16 pixels can each find one figure, so two close ones share a cell and one is "
        "lost. Or boxes by Huber loss, which measures sides and not overlap: small figures suffer."
    )
else:
    lab_page(
        kind,
        default=DEFAULTS[kind],
        lesson=segmentation,
        layout=Layout(
            top=(("scene", 1),),
            below=(("loss", 1), ("iou", 1), ("class_iou", 1)),
            tabs=(("Pixel accuracy", ("pixel_accuracy", "confusion")), *INSIDE),
        ),
    )
    explain(
        "**First the whereabouts, then the class.** Bright regions are told from the ground within a few dozen "
        "updates; whether one is a circle or a square needs the whole outline, which only the lower levels see.\n\n"
        f"**{term('dice', 'Dice')}.** "
        "$\\mathrm{Dice} = \\frac{2\\,TP}{2\\,TP + FP + FN} = \\frac{2\\,\\mathrm{IoU}}{1 + \\mathrm{IoU}}$. "
        "The loss puts probabilities in place of counts, class by class.\n\n"
        "**Try** one level: the network sees so little around a pixel that it confuses figures, yet still finds their "
        "edges. Errors that remain lie on the edges, where half a pixel decides."
    )
