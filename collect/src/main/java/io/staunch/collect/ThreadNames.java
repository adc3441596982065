package io.staunch.collect;

import io.staunch.collect.internal.ProcFs;
import io.staunch.collect.internal.ProcThread;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;

/// The names of a JVM's platform threads. Without stacks, so that the target need not stop. Of a JVM with very many
/// threads, or without a connector, the kernel's names are taken: they are cut to 15 characters.
final class ThreadNames {
    private static final ObjectName THREADS = Jmx.name("java.lang:type=Threading");
    private static final Pattern DIGITS = Pattern.compile("\\d+");
    private static final int MOST_BY_JMX = 5_000;

    private ThreadNames() {}

    /// Java's own threads (of the VM and the collector) come with the kernel's names only.
    static List<String> read(ProcFs proc, long pid, Optional<Jmx> jmx) throws IOException {
        List<String> byJmx = jmx.isPresent() ? read(jmx.get()) : List.of();
        return byJmx.isEmpty()
                ? proc.threads(pid).stream().map(ProcThread::command).toList()
                : byJmx;
    }

    /// None of a JVM with very many threads.
    static List<String> read(Jmx jmx) throws IOException {
        if (jmx.attributes(THREADS, "AllThreadIds").get("AllThreadIds") instanceof long[] ids
                && ids.length <= MOST_BY_JMX) {
            Object[] arguments = {ids, 0};
            return names(jmx.invoke(THREADS, "getThreadInfo", arguments, new String[] {"[J", "int"}));
        }
        return List.of();
    }

    private static List<String> names(Object infos) {
        List<String> names = new ArrayList<>();
        if (infos instanceof CompositeData[] threads) {
            for (CompositeData thread : threads) {
                // A thread that has ended in between has no information.
                if (thread != null && thread.get("threadName") instanceof String name) {
                    names.add(name);
                }
            }
        }
        return names;
    }

    /// The most numerous first.
    static List<ThreadGroupCount> grouped(List<String> names) {
        Map<String, Long> counts = names.stream()
                .map(name -> DIGITS.matcher(name).replaceAll("*"))
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        return counts.entrySet().stream()
                .map(entry -> new ThreadGroupCount(entry.getKey(), entry.getValue()))
                .sorted(Comparator.comparingLong(ThreadGroupCount::count)
                        .reversed()
                        .thenComparing(ThreadGroupCount::pattern))
                .toList();
    }
}
