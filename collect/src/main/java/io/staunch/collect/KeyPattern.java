package io.staunch.collect;

import java.util.regex.Pattern;

/// The group that a key belongs to: its fixed words stay, and what differs from key to key becomes `*`. Keys may
/// hold names and addresses of people; patterns don't.
final class KeyPattern {
    private static final Pattern BORDER = Pattern.compile("[:/|]");
    private static final Pattern WORD = Pattern.compile("[A-Za-z][A-Za-z_-]{0,23}");
    private static final int MOST_PARTS = 4;

    private KeyPattern() {}

    /// `cart:7f3a.shop-1` is `cart:*`, `page:books:2` is `page:*:*`. Only the first part may stay as it is:
    /// others are values more often than words.
    static String of(String key) {
        String[] parts = BORDER.split(key, -1);
        StringBuilder pattern =
                new StringBuilder(parts.length > 1 && WORD.matcher(parts[0]).matches() ? parts[0] : "*");
        for (int i = 1; i < Math.min(parts.length, MOST_PARTS); i++) {
            pattern.append(":*");
        }
        return pattern.toString();
    }
}
