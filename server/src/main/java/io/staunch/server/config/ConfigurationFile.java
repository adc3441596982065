package io.staunch.server.config;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// The file and what it says now. It is read again every two seconds while it is followed: its content counts, not its
/// time, so that a swapped link is seen too. A file that went bad changes nothing and is told once.
public final class ConfigurationFile implements AutoCloseable {
    private static final Duration LOOK_EVERY = Duration.ofSeconds(2);
    private static final long MOST_BYTES = 1 << 20;

    private final Path file;
    private final CountDownLatch closed = new CountDownLatch(1);
    private String seen;
    private Configuration current;
    private Optional<Thread> thread = Optional.empty();

    private ConfigurationFile(Path file, String seen, Configuration current) {
        this.file = file;
        this.seen = seen;
        this.current = current;
    }

    public static ConfigurationFile open(Path file) throws ConfigurationWrong {
        String text = text(file);
        return new ConfigurationFile(file, text, ConfigurationReader.read(file.toString(), text));
    }

    /// What it said when it was last good.
    public synchronized Configuration current() {
        return current;
    }

    /// Looks for changes until [#close], on a thread of its own.
    ///
    /// @param changed takes each new configuration
    /// @param warned  takes one line for each content that can't be used
    public void follow(Consumer<Configuration> changed, Consumer<String> warned) {
        follow(LOOK_EVERY, changed, warned);
    }

    synchronized void follow(Duration lookEvery, Consumer<Configuration> changed, Consumer<String> warned) {
        if (thread.isPresent()) {
            throw new IllegalStateException(file + ": expected to be followed once, found a follower");
        }
        thread = Optional.of(Thread.ofVirtual().name("configuration").start(() -> look(lookEvery, changed, warned)));
    }

    private void look(Duration every, Consumer<Configuration> changed, Consumer<String> warned) {
        try {
            while (!closed.await(every.toMillis(), TimeUnit.MILLISECONDS)) {
                lookOnce(changed, warned);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void lookOnce(Consumer<Configuration> changed, Consumer<String> warned) {
        String text;
        try {
            text = text(file);
        } catch (ConfigurationWrong e) {
            text = "\0" + e.getMessage();
            if (!text.equals(seen)) {
                warned.accept(kept(e));
            }
            seen = text;
            return;
        }
        if (text.equals(seen)) {
            return;
        }
        seen = text;
        try {
            current = ConfigurationReader.read(file.toString(), text);
            changed.accept(current);
        } catch (ConfigurationWrong e) {
            warned.accept(kept(e));
        }
    }

    private static String kept(ConfigurationWrong e) {
        return e.getMessage() + "; the configuration before it stays";
    }

    private static String text(Path file) throws ConfigurationWrong {
        try {
            long size = Files.size(file);
            if (size > MOST_BYTES) {
                throw new ConfigurationWrong(file + ": expected at most 1 MiB, found " + size + " bytes");
            }
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (CharacterCodingException e) {
            throw new ConfigurationWrong(file + ": expected UTF-8 text, found other bytes", e);
        } catch (NoSuchFileException e) {
            throw new ConfigurationWrong(file + ": expected a file that can be read, found none", e);
        } catch (AccessDeniedException e) {
            throw new ConfigurationWrong(
                    file + ": expected a file that can be read, found one that this user may not read", e);
        } catch (IOException e) {
            throw new ConfigurationWrong(file + ": expected a file that can be read, found " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
