package io.staunch.detect;

/// Room for the work of a look, about 50 KB: nothing in it outlives a call. Detectors that one thread feeds share one,
/// so that a series costs no more than its state. Not thread-safe.
public final class Workbench {
    final Blocks.Block moving = new Blocks.Block();
    final Blocks.Block older = new Blocks.Block();
    final Blocks.Block newer = new Blocks.Block();
    final Blocks.Reach reach = new Blocks.Reach();
    final Window window = new Window();
    final Window part = new Window();
    final Trend trend = new Trend();
    final Shape shape = new Shape();
    final double[] adjusted = new double[Window.MOST];

    public Workbench() {}
}
