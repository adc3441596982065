package io.staunch.verify.daemon;

import java.time.Duration;

/// A JVM that does next to nothing, for half an hour at most.
final class Idle {
    private Idle() {}

    public static void main(String[] args) throws InterruptedException {
        Thread.sleep(Duration.ofMinutes(30));
    }
}
