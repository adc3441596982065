package io.staunch.shop.gateway;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// The latest receipts by reference: a charge that is sent twice is answered twice and made once. Thread-safe.
final class Ledger {
    private static final int REMEMBERED = 5_000;

    private final Map<String, Receipt> recent = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Receipt> eldest) {
            return size() > REMEMBERED;
        }
    };

    synchronized Optional<Receipt> find(String reference) {
        return Optional.ofNullable(recent.get(reference));
    }

    synchronized void keep(Charge charge, Receipt receipt) {
        recent.put(charge.reference(), receipt);
    }
}
