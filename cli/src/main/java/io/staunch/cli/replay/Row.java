package io.staunch.cli.replay;

import io.staunch.detect.Event;
import java.util.Optional;

/// What one line of a recording says of its series. Minutes before 0 are history; what the line does not say is NaN.
record Row(double minute, double value, double limit, double load, Optional<Event> event) {}
