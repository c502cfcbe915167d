import torch
from torch import nn

from dlcore.specs.training import EarlyStopping
from dlcore.training.early_stopping import EarlyStopper


def watch(losses, **settings):
    network, stopper = nn.Linear(1, 1), EarlyStopper(EarlyStopping(**settings))
    for epoch, loss in enumerate(losses, start=1):
        nn.init.constant_(network.weight, float(epoch))
        best = stopper.observe(loss, float(epoch), network)
        if best is not None:
            return epoch, best, stopper, network
    return None, None, stopper, network


def test_it_stops_when_patience_is_over_and_names_the_best_epoch():
    stopped, best, stopper, network = watch([5, 4, 3, 3.5, 3.2, 3.1, 9], patience=3)
    assert (stopped, best) == (6, 3.0)
    assert stopper.restore(network)
    assert network.weight.item() == 3.0


def test_a_fall_smaller_than_min_delta_does_not_count():
    assert watch([5, 4.95, 4.9, 4.85], patience=2, min_delta=0.1)[:2] == (3, 1.0)
    assert watch([5, 4.5, 4.0, 3.5], patience=2, min_delta=0.1)[0] is None


def test_without_settings_nothing_is_watched():
    stopper, network = EarlyStopper(None), nn.Linear(1, 1)
    assert stopper.observe(1.0, 1.0, network) is None
    assert not stopper.restore(network)


def test_what_was_kept_does_not_move_with_the_network():
    _, _, stopper, network = watch([5, 4], patience=9)
    with torch.no_grad():
        network.weight.fill_(77.0)
    other = EarlyStopper(EarlyStopping())
    other.load_state_dict(stopper.state_dict())
    assert other.restore(network)
    assert network.weight.item() == 2.0
