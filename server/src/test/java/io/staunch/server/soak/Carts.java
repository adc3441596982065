package io.staunch.server.soak;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/// A load for a Redis server: carts that never expire.
final class Carts {
    private Carts() {}

    public static void main(String[] args) throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(args[0]));
                OutputStream out = socket.getOutputStream();
                BufferedReader in =
                        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))) {
            for (int n = 0; n < 200_000; n++) {
                out.write(("SET cart:" + n + " " + "milk".repeat(200) + "\r\n").getBytes(StandardCharsets.US_ASCII));
                if (!"+OK".equals(in.readLine())) {
                    throw new IllegalStateException("expected +OK, found another answer");
                }
                Thread.sleep(Duration.ofMillis(2));
            }
        }
    }
}
