package io.staunch.drill;

import io.staunch.detect.Sample;
import io.staunch.detect.Series;
import io.staunch.diagnose.Figures;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What any monitoring shows of the shop: requests, latency, errors, and the resident memory of each service.
final class Monitor {
    private static final long LOOK_BACK_SECONDS = 5;
    private static final List<String> SERVICES = List.of(Shop.API, Shop.GATEWAY, Shop.CACHE);

    private final Shop shop;

    Monitor(Shop shop) {
        this.shop = shop;
    }

    /// One line.
    String line() throws IOException {
        Map<Series, List<Sample>> figures =
                new LoadReport(shop.loadReport()).since(Instant.now().minusSeconds(LOOK_BACK_SECONDS));
        String users = Stream.of(Series.REQUESTS, Series.LATENCY, Series.ERROR_RATE)
                .map(series -> series.name() + " " + last(figures, series))
                .collect(Collectors.joining(", "));
        String memory = SERVICES.stream()
                .map(service ->
                        service + " " + resident(service).map(Figures::bytes).orElse("-"))
                .collect(Collectors.joining(", "));
        return users + "   memory: " + memory;
    }

    private static String last(Map<Series, List<Sample>> figures, Series series) {
        List<Sample> samples = figures.getOrDefault(series, List.of());
        return samples.isEmpty() ? "-" : Figures.value(series, samples.getLast().value());
    }

    /// Of the processes that run from the service's folder, all together.
    private Optional<Double> resident(String service) {
        Path home = shop.serviceHome(service);
        double bytes = ProcessHandle.allProcesses()
                .filter(process -> runsFrom(process.pid(), home))
                .mapToDouble(process -> residentOf(process.pid()))
                .sum();
        return bytes == 0 ? Optional.empty() : Optional.of(bytes);
    }

    private static boolean runsFrom(long pid, Path home) {
        try {
            return Files.readSymbolicLink(Path.of("/proc", Long.toString(pid), "cwd"))
                    .startsWith(home.toRealPath());
        } catch (IOException e) {
            // It has ended, or belongs to somebody else.
            return false;
        }
    }

    private static double residentOf(long pid) {
        try {
            for (String line :
                    Files.readAllLines(Path.of("/proc", Long.toString(pid), "status"), StandardCharsets.ISO_8859_1)) {
                if (line.startsWith("VmRSS:")) {
                    return 1024 * Double.parseDouble(line.replaceAll("[^0-9]", ""));
                }
            }
        } catch (IOException e) {
            // It has ended since.
        }
        return 0;
    }
}
