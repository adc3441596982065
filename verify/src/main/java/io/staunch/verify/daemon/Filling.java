package io.staunch.verify.daemon;

import java.util.ArrayDeque;

/// A JVM that makes an eighth of a MiB of objects every 100 ms and keeps all of them (`leak`) or the latest ten MiB
/// (`steady`), for twenty minutes at most.
final class Filling {
    private static final int PIECE_BYTES = 16 << 10;
    private static final int PIECES = 8;

    private Filling() {}

    public static void main(String[] args) throws InterruptedException {
        int most = args[0].equals("leak") ? Integer.MAX_VALUE : 640;
        ArrayDeque<byte[]> kept = new ArrayDeque<>();
        for (int i = 0; i < 12_000; i++) {
            for (int piece = 0; piece < PIECES; piece++) {
                kept.add(new byte[PIECE_BYTES]);
                if (kept.size() > most) {
                    kept.remove();
                }
            }
            Thread.sleep(100);
        }
    }
}
