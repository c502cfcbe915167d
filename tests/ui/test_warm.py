import sys

from ui.warm import warm_up


def test_the_first_figure_is_built_before_a_visitor_asks():
    thread = warm_up()
    thread.join(60)
    assert not thread.is_alive()
    assert "plotly.graph_objects" in sys.modules
    assert "ui.lab_page" in sys.modules
