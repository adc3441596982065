package io.staunch.server.response;

import io.staunch.remedy.Platform;
import io.staunch.remedy.PlatformFailed;
import io.staunch.remedy.RecordedChange;
import io.staunch.remedy.Release;
import io.staunch.remedy.ReleaseDirectories.ChangeSource;
import io.staunch.remedy.Releases;
import io.staunch.remedy.Remedy;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The platform of a service that nobody named a driver for: its releases are known by what others tell, and nothing
/// can be done.
record ToldReleases(String service, ChangeSource told) implements Platform {
    @Override
    public String name() {
        return "no driver";
    }

    @Override
    public Releases releases(String ofService) throws PlatformFailed {
        try {
            List<RecordedChange> changes = told.changes();
            Map<String, Release> known = new LinkedHashMap<>();
            for (RecordedChange change : changes) {
                if (change.putsReleaseInPlace() && change.service().equals(ofService)) {
                    known.put(
                            change.what(), new Release(ofService, change.what(), Optional.of(change.at()), List.of()));
                }
            }
            return new Releases(ofService, List.copyOf(known.values()), changes);
        } catch (IOException e) {
            throw new PlatformFailed(String.valueOf(e.getMessage()), e);
        }
    }

    @Override
    public List<String> plan(Remedy remedy) {
        return List.of();
    }

    @Override
    public Outcome carryOut(Remedy remedy, Duration limit) {
        return new Outcome.Failed("no driver is configured for " + service);
    }
}
