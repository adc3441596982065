package io.staunch.shop.balancer;

/// An instance behind the balancer, on a loopback port. A draining one gets no new visitors, only those it knows.
record Backend(String name, int port, boolean draining) {
    /// Reads a line `name port` or `name port draining`.
    static Backend parse(String line) {
        String[] words = line.strip().split("\\s+", -1);
        return new Backend(words[0], Integer.parseInt(words[1]), words.length > 2 && words[2].equals("draining"));
    }
}
