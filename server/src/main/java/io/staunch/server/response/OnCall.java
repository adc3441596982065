package io.staunch.server.response;

import io.staunch.remedy.Remedy;
import java.util.List;

/// The person who decides, in mode `approve`.
public interface OnCall {
    /// Asked with the acts that the guard rails allow, the recommended first. Asked again after each act that
    /// did not help, and every few seconds while the answer is to wait.
    Answer decide(String service, List<Remedy> allowed) throws InterruptedException;

    /// Nothing can be agreed to until the person is asked again: an act is under way, or its effect is being watched.
    default void withdraw(String service) {}

    /// What the person says.
    sealed interface Answer {
        /// Do this one.
        record Agreed(Remedy remedy, String by) implements Answer {}

        /// Ask again in a while; the person may have done something himself meanwhile.
        record Wait() implements Answer {}
    }
}
