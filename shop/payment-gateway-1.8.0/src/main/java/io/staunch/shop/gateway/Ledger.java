package io.staunch.shop.gateway;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// The latest receipts by reference: a charge that is sent twice is answered twice and made once; and the charges that
/// are not yet settled with the bank. Thread-safe.
final class Ledger {
    private static final int REMEMBERED = 5_000;

    private final Map<String, Charge> unsettled = new ConcurrentHashMap<>();
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
        unsettled.put(charge.reference(), charge);
        synchronized (this) {
            recent.put(charge.reference(), receipt);
        }
    }

    /// Drops what was kept for a charge until it was settled.
    void settled(Charge charge) {
        unsettled.remove(charge.reference());
    }
}
