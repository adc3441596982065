package io.staunch.server.web;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;

/// The overview for those who listen: all of it at first, then what is different. Safe for several threads.
final class OverviewChanges {
    /// Who lacks more of them than so many in a row gets all of it again.
    private static final int REMEMBERED = 20;

    private final Supplier<Overview.Written> overview;
    private final Deque<byte[]> changes = new ArrayDeque<>();
    private Overview.Written latest = Overview.Written.of(Overview.View.NOTHING);
    private long number;
    /// Numbers of another daemon, or of one that was started anew, mean nothing here.
    private final String epoch = Long.toString(System.nanoTime() ^ System.currentTimeMillis(), Character.MAX_RADIX);

    /// What a listener lacks.
    ///
    /// @param number  to ask with for what comes after
    /// @param isWhole whether there is one piece, the overview itself; else each is a `staunch.changes/1`
    record Lacking(long number, boolean isWhole, List<byte[]> pieces) {}

    /// @param overview as it is now; the same object as long as it is the same
    OverviewChanges(Supplier<Overview.Written> overview) {
        this.overview = overview;
    }

    /// A number as others know it.
    String token(long heard) {
        return epoch + "." + heard;
    }

    /// The number that was given out as this; 0 if none was.
    long heard(String token) {
        try {
            return token.startsWith(epoch + ".") ? Long.parseLong(token.substring(epoch.length() + 1)) : 0;
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    /// What somebody lacks who heard the overview before.
    ///
    /// @param heard the number that came with what was heard last; 0 if nothing was
    synchronized Lacking after(long heard) {
        Overview.Written now = overview.get();
        if (now.answer() != latest.answer()) {
            if (number > 0) {
                changes.addLast(Response.json(OverviewChange.of(latest.view(), now.view()))
                        .body());
            }
            if (changes.size() > REMEMBERED) {
                changes.removeFirst();
            }
            latest = now;
            number++;
        }
        long lacking = number - heard;
        return heard == 0 || lacking < 0 || lacking > changes.size()
                ? new Lacking(number, true, List.of(now.answer().body()))
                : new Lacking(
                        number,
                        false,
                        changes.stream().skip(changes.size() - lacking).toList());
    }
}
