package io.staunch.cli;

import io.staunch.cli.check.CheckCommand;
import io.staunch.cli.doctor.DoctorCommand;
import io.staunch.cli.drill.DrillCommand;
import io.staunch.cli.gate.GateCommand;
import io.staunch.cli.heap.HeapCommand;
import io.staunch.cli.incident.IncidentCommand;
import io.staunch.cli.incident.IncidentsCommand;
import io.staunch.cli.incident.PostmortemCommand;
import io.staunch.cli.incident.RollbackCommand;
import io.staunch.cli.replay.ReplayCommand;
import io.staunch.cli.review.ReviewCommand;
import io.staunch.cli.soak.SoakCommand;
import io.staunch.cli.watch.WatchCommand;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// What the command line can be asked for, in the order in which `--help` tells it.
enum Verb {
    CHECK(CheckCommand.class),
    WATCH(WatchCommand.class),
    DOCTOR(DoctorCommand.class),
    HEAP(HeapCommand.class),
    SOAK(SoakCommand.class),
    GATE(GateCommand.class),
    REVIEW(ReviewCommand.class),
    REPLAY(ReplayCommand.class),
    DRILL(DrillCommand.class),
    INCIDENTS(IncidentsCommand.class),
    INCIDENT(IncidentCommand.class),
    POSTMORTEM(PostmortemCommand.class),
    ROLLBACK(RollbackCommand.class),
    REHEARSE(RehearseCommand.class);

    private final Class<?> command;

    Verb(Class<?> command) {
        this.command = command;
    }

    /// The verb as people type it; the name that the command's own annotation has.
    String typed() {
        return name().toLowerCase(Locale.ROOT);
    }

    Class<?> command() {
        return command;
    }

    static Optional<Verb> of(String typed) {
        return Stream.of(values()).filter(verb -> verb.typed().equals(typed)).findFirst();
    }
}
