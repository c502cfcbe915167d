"""Losses of the labs that look at scenes, told without PyTorch.

`module` names a class in `dlcore.training.segmentation_loss`, or is the way in which `DetectionLoss` compares boxes.
"""

from __future__ import annotations

from dlcore.training.losses import Loss

_DETECTION = (
    r"\frac{1}{N}\Big[\sum_{\text{cells}} -\ln p(\text{figure or none})"
    r" + \sum_{\text{figures}} \big(%s - \ln p(\text{class})\big)\Big]"
)

DETECTION_LOSSES = (
    Loss(
        name="iou",
        title="Boxes by overlap",
        formula=_DETECTION % r"1-\mathrm{IoU}",
        module="iou",
        outputs={},
        unit="per figure",
    ),
    Loss(
        name="huber",
        title="Boxes by Huber",
        formula=_DETECTION % r"\sum_{x_0, y_0, x_1, y_1}\mathrm{Huber}",
        module="huber",
        outputs={},
        unit="per figure",
    ),
)
SEGMENTATION_LOSSES = (
    Loss(
        name="cross_entropy",
        title="Cross-entropy of pixels",
        formula=r"-\frac{1}{n}\sum_{\text{pixels}} \ln p_{y}",
        module="PixelLoss",
        outputs={},
        unit="nats",
    ),
    Loss(
        name="dice",
        title="Dice",
        formula=r"1-\frac{1}{C}\sum_{c} \frac{2\sum p_c\,y_c+1}{\sum p_c+\sum y_c+1}",
        module="DiceLoss",
        outputs={},
    ),
    Loss(
        name="cross_entropy_dice",
        title="Cross-entropy + Dice",
        formula=r"-\frac{1}{n}\sum_{\text{pixels}} \ln p_{y} + 1-\mathrm{Dice}",
        module="PixelAndDiceLoss",
        outputs={},
    ),
)
