package io.staunch.shop.auth;

import java.util.LinkedHashMap;
import java.util.Map;

/// The replay windows by token, in the order of use; the one that was not used for longest makes room.
final class LatestWindows extends LinkedHashMap<String, ReplayWindow> {
    private static final long serialVersionUID = 1;
    private static final int MOST = 250;

    LatestWindows() {
        super(16, 0.75f, true);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, ReplayWindow> eldest) {
        return size() > MOST;
    }
}
