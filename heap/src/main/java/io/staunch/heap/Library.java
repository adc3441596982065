package io.staunch.heap;

/// A published library, by its package URL, such as `pkg:maven/com.shop/session-store@2.3.1`.
public record Library(String group, String artifact, String version) {
    public Library {
        if (artifact.isBlank()) {
            throw new IllegalArgumentException("expected an artifact's name, found none");
        }
    }

    /// The package URL; without a group or a version where that is unknown.
    public String purl() {
        return "pkg:maven/" + (group.isEmpty() ? "" : group + "/") + artifact
                + (version.isEmpty() ? "" : "@" + version);
    }

    @Override
    public String toString() {
        return purl();
    }
}
