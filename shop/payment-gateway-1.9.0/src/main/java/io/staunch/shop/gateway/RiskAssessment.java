package io.staunch.shop.gateway;

import java.util.ArrayList;
import java.util.List;

/// Why a transaction was approved: the card's recent behaviour, and the signals drawn from it. Needed until the bank
/// has settled the transaction.
final class RiskAssessment {
    private static final int BEHAVIOUR_SAMPLES = 1_024;
    private static final int SIGNALS = 48;
    private static final double TOO_RISKY = 0.4;

    private final double[] behaviour = new double[BEHAVIOUR_SAMPLES];
    private final List<Signal> signals = new ArrayList<>(SIGNALS);

    RiskAssessment(Charge charge) {
        long state = charge.cardToken().hashCode();
        for (int i = 0; i < behaviour.length; i++) {
            state = state * 6_364_136_223_846_793_005L + 1_442_695_040_888_963_407L;
            behaviour[i] = (state >>> 11) * 0x1.0p-53;
        }
        for (int i = 0; i < SIGNALS; i++) {
            double weight = behaviour[i * BEHAVIOUR_SAMPLES / SIGNALS] - 0.5;
            signals.add(new Signal(
                    "signal-" + i,
                    weight,
                    "spending of " + charge.amountCents() + " " + charge.currency() + " compared with window " + i
                            + " of this card"));
        }
    }

    /// True when the signals together speak against the transaction.
    boolean tooRisky() {
        return signals.stream().mapToDouble(Signal::weight).average().orElse(0) > TOO_RISKY;
    }
}
