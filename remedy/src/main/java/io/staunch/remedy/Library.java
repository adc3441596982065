package io.staunch.remedy;

/// A library of a release, named by its package URL, such as `pkg:maven/com.shop/session-store@2.3.1`.
public record Library(String purl) implements Comparable<Library> {
    public Library {
        if (!purl.startsWith("pkg:")) {
            throw new IllegalArgumentException("library: expected a package URL (pkg:…), found " + purl);
        }
    }

    /// The package URL without its version: what two versions of one library have in common.
    public String coordinates() {
        int at = versionMark();
        return at < 0 ? purl : purl.substring(0, at);
    }

    /// The version, empty if the package URL has none.
    public String version() {
        int at = versionMark();
        return at < 0 ? "" : purl.substring(at + 1);
    }

    /// The last part of the name, without group and version: `session-store`.
    public String shortName() {
        String coordinates = coordinates();
        return coordinates.substring(coordinates.lastIndexOf('/') + 1);
    }

    @Override
    public int compareTo(Library other) {
        return purl.compareTo(other.purl);
    }

    private int versionMark() {
        int at = purl.lastIndexOf('@');
        return at > purl.lastIndexOf('/') ? at : -1;
    }
}
