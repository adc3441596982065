package io.staunch.server.response;

import io.staunch.remedy.Remedy;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The acts that somebody could agree to, and the agreements that wait to be taken up. Safe for use by several threads.
final class Approvals implements OnCall {
    private final Map<String, List<Remedy>> offered = new HashMap<>();
    private final Map<String, Answer.Agreed> agreed = new HashMap<>();

    @Override
    public synchronized Answer decide(String service, List<Remedy> allowed) {
        offered.put(service, List.copyOf(allowed));
        Answer.Agreed answer = agreed.remove(service);
        return answer != null && allowed.contains(answer.remedy()) ? answer : new Answer.Wait();
    }

    synchronized List<Remedy> offered(String service) {
        return offered.getOrDefault(service, List.of());
    }

    /// Takes an agreement; it is looked at by the guard rails once more when it is taken up.
    ///
    /// @param to the release that is to run afterwards; any if absent
    /// @return what was agreed to; empty if nothing like it is offered
    synchronized Optional<Remedy> agree(String service, String act, Optional<String> to, String by) {
        Optional<Remedy> remedy = offered(service).stream()
                .filter(offer -> offer.act().equals(act))
                .filter(offer -> to.filter(
                                version -> !version.equals(offer.target().version()))
                        .isEmpty())
                .findFirst();
        remedy.ifPresent(found -> agreed.put(service, new Answer.Agreed(found, by)));
        return remedy;
    }

    @Override
    public synchronized void withdraw(String service) {
        offered.remove(service);
        agreed.remove(service);
    }
}
