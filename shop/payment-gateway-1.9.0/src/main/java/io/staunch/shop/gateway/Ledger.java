package io.staunch.shop.gateway;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Logger;

/// The latest receipts by reference: a charge that is sent twice is answered twice and made once. The assessment of
/// each transaction stays at hand until the transaction is settled. Thread-safe.
final class Ledger {
    private static final Logger LOG = Logger.getLogger(Ledger.class.getName());
    private static final int REMEMBERED = 5_000;

    private final Map<String, RiskAssessment> assessments = new ConcurrentHashMap<>();
    private final Map<String, Receipt> recent = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Receipt> eldest) {
            return size() > REMEMBERED;
        }
    };

    synchronized Optional<Receipt> find(String reference) {
        return Optional.ofNullable(recent.get(reference));
    }

    void keep(Charge charge, Receipt receipt) {
        RiskAssessment assessment = new RiskAssessment(charge);
        if (assessment.tooRisky()) {
            LOG.warning("a transaction looks risky: " + receipt.transaction());
        }
        assessments.put(receipt.transaction(), assessment);
        synchronized (this) {
            recent.put(charge.reference(), receipt);
        }
    }

    /// Drops what was kept for a charge until it was settled.
    void settled(Charge charge) {
        assessments.remove(charge.reference());
    }
}
