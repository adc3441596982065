package io.staunch.collect.internal;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/// The TCP addresses that a process listens at, from the sockets that it holds and `/proc/PID/net/tcp`.
///
/// A line of that table is `sl local_address rem_address st … inode …`; an address is hexadecimal, each four bytes of
/// it in the machine's order, then `:` and the port; state 0A is listening.
public final class Listeners {
    private static final String LISTENING = "0A";

    private Listeners() {}

    /// As `host:port`, loopback for a server that listens everywhere; empty if it can't be told.
    public static List<String> of(ProcFs proc, long pid) {
        Set<String> sockets = sockets(proc.of(pid).resolve("fd"));
        Set<String> addresses = new TreeSet<>();
        for (String table : List.of("net/tcp", "net/tcp6")) {
            for (String line : ProcFs.lines(proc.of(pid).resolve(table))) {
                String[] cells = line.strip().split("\\s+", 11);
                if (cells.length > 9 && cells[3].equals(LISTENING) && sockets.contains("socket:[" + cells[9] + "]")) {
                    addresses.add(address(cells[1]));
                }
            }
        }
        return new ArrayList<>(addresses);
    }

    private static Set<String> sockets(Path files) {
        Set<String> sockets = new HashSet<>();
        try (Stream<Path> entries = Files.list(files)) {
            entries.forEach(entry -> ProcFs.link(entry).ifPresent(target -> sockets.add(target.toString())));
        } catch (java.io.IOException | java.io.UncheckedIOException e) {
            return sockets;
        }
        return sockets;
    }

    static String address(String hex) {
        int colon = hex.indexOf(':');
        byte[] raw = HexFormat.of().parseHex(hex.substring(0, colon));
        ByteBuffer address = ByteBuffer.allocate(raw.length);
        ByteBuffer words = ByteBuffer.wrap(raw).order(ByteOrder.nativeOrder());
        while (words.hasRemaining()) {
            address.putInt(words.getInt());
        }
        int port = Integer.parseInt(hex.substring(colon + 1), 16);
        try {
            InetAddress host = InetAddress.getByAddress(address.array());
            return (host.isAnyLocalAddress() || host.isLoopbackAddress() ? "127.0.0.1" : host.getHostAddress()) + ":"
                    + port;
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(hex + ": expected 4 or 16 bytes of address", e);
        }
    }
}
