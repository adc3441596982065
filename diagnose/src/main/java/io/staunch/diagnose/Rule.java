package io.staunch.diagnose;

/// The rules by which suspects are implicated, cleared or left open, each with an id that does not change. What
/// each says and what it looks at is in `docs/rules.md`.
public enum Rule {
    NO_LEAK_SINCE("change.no-leak-since"),
    GROWTH_BEGAN_BEFORE("change.growth-began-before"),
    GROWTH_BEGAN_AFTER("change.growth-began-after"),
    RELEASE_LEFT_OWNER("release.left-the-owner-as-it-was"),
    RELEASE_BROUGHT_OWNER("release.brought-the-owner"),
    RELEASE_PREDECESSOR_GOOD("release.predecessor-was-good"),
    RELEASE_TIME_ALONE("release.time-alone"),
    RELEASE_ELSEWHERE("release.of-another-service"),
    LIBRARY_OWNS("library.owns-what-piles-up"),
    LIBRARY_TYPES_GROW("library.some-types-grow"),
    LIBRARY_NO_TYPE_GROWS("library.no-type-grows"),
    LIBRARY_OTHER_OWNER("library.another-owner"),
    SCHEMA_TIME_ALONE("schema.time-alone"),
    SCHEMA_DRIVER_TYPES("schema.driver-types-grow"),
    SCHEMA_NO_DRIVER_TYPE("schema.no-driver-type-grows"),
    CONFIGURATION_TIME_ALONE("configuration.time-alone"),
    CONFIGURATION_OTHER_CHANGE("configuration.a-release-brought-the-owner"),
    TRAFFIC_LEVEL("traffic.level"),
    TRAFFIC_ROSE("traffic.rose"),
    ATTACK_LEVEL("attack.level-per-visitor"),
    ATTACK_ROSE("attack.rose-per-visitor"),
    CAPACITY_GROWS_ANYWAY("capacity.grows-whatever-there-is"),
    CAPACITY_OTHERS_GROW("capacity.other-instances-grow-too"),
    CAPACITY_ROOM("capacity.share-of-the-limit"),
    CAPACITY_TOO_SHORT("capacity.watched-too-briefly"),
    LIMIT_GROWS("limit.is-reached-anyway"),
    LIMIT_SHARE("limit.share-of-the-limit"),
    NETWORK_CONNECTS("network.connect-times"),
    BALANCER_OWN_TIME("load-balancer.own-time"),
    DATABASE_TIMES("database.waits-and-statements"),
    SERVICE_INNOCENT("service.does-not-leak"),
    SERVICE_LEAKS("service.leaks-too"),
    SERVICE_SLOWER("service.grows-far-less"),
    RESTARTED_IN_VAIN("service.restarted-in-vain"),
    RESTARTED("service.just-restarted"),
    RESOURCE_SHAPE("resource.is-what-piles-up"),
    RESOURCE_LEAD("resource.leads-what-piles-up"),
    RESOURCE_COUNT("resource.count"),
    RESOURCE_BESIDE("resource.grows-beside-the-culprit"),
    RESOURCE_NO_TYPE("resource.no-type-grows"),
    RESOURCE_TYPES("resource.types-grow"),
    CACHE_SOFT("cache.held-softly"),
    CACHE_BOUND("cache.bound"),
    CACHE_NO_BOUND("cache.no-bound-in-sight");

    private final String id;

    Rule(String id) {
        this.id = id;
    }

    public String id() {
        return id;
    }
}
