package io.staunch.collect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("slow")
@Execution(ExecutionMode.CONCURRENT)
class HostTest {
    static Stream<Arguments> jdksAndCollectors() {
        return JvmProbeTest.jdksAndCollectors();
    }

    private static HostTarget.Jvm found(ChildJvm child) {
        return Host.survey().stream()
                .filter(target -> target.pid() == child.pid())
                .map(target -> (HostTarget.Jvm) target)
                .findFirst()
                .orElseThrow();
    }

    private static HostTarget.OperationCost cost(HostTarget.Jvm jvm, Operation operation) {
        return jvm.costs().stream()
                .filter(cost -> cost.operation() == operation)
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("jdksAndCollectors")
    void aJvmIsDescribedWithoutBeingTouched(Jdk jdk, String collector) throws Exception {
        try (ChildJvm child = ChildJvm.start(
                jdk, "-XX:+Use" + collector + "GC", "-Xmx100m", "ballast=30", "garbage=100000", "seconds=30")) {
            Thread.sleep(1500);
            HostTarget.Jvm jvm = found(child);
            assertThat(jvm.name()).isEqualTo("Child");
            assertThat(jvm.info().runtime()).startsWith(jdk.version() + ".");
            assertThat(jvm.info().way()).isEqualTo(JvmInfo.Way.JMX);
            assertThat(jvm.info().classPath())
                    .containsExactly(ChildJvm.classes().toString());
            assertThat(jvm.heapUsed().orElseThrow()).isBetween(20L << 20, 100L << 20);
            assertThat(jvm.heapMax().orElseThrow()).isBetween(90L << 20, 105L << 20);
            assertThat(cost(jvm, Operation.DUMP_LIVE).diskBytes()).isGreaterThan(30 << 20);
            assertThat(cost(jvm, Operation.HISTOGRAM_LIVE).pause()).isPresent();
            try (JvmProbe probe = JvmProbe.attach(child.pid())) {
                assertThat(probe.info().collector()).isEqualTo(jvm.info().collector());
            }
        }
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("jdksAndCollectors")
    void aJvmWithoutAttachSaysSo(Jdk jdk, String collector) throws Exception {
        try (ChildJvm child = ChildJvm.start(jdk, "-XX:+Use" + collector + "GC", "-XX:+DisableAttachMechanism")) {
            HostTarget.Jvm jvm = found(child);
            assertThat(jvm.info().way()).isEqualTo(JvmInfo.Way.COUNTERS);
            assertThat(jvm.right()).contains("disabled");
            assertThat(cost(jvm, Operation.DUMP_LIVE).impossible()).isPresent();
        }
    }
}
