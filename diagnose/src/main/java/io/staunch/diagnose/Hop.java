package io.staunch.diagnose;

import io.staunch.detect.Series;
import io.staunch.detect.Unit;

/// The series of the ways between services, each a 95 % time of one second's calls, in seconds. The one at the
/// other end is a qualifier: `CONNECT.of("payment-gateway")`.
public final class Hop {
    /// From asking for a fresh connection until it is accepted: the network's time, none of the program's.
    public static final Series CONNECT = new Series("connect time", Unit.SECONDS);
    /// From asking until the answer is there.
    public static final Series ROUND_TRIP = new Series("round trip", Unit.SECONDS);
    /// How long a connection to the database is waited for.
    public static final Series POOL_WAIT = new Series("wait for a database connection", Unit.SECONDS);
    /// How long a connection to the database is used: its statements' time and little more.
    public static final Series QUERY = new Series("use of a database connection", Unit.SECONDS);
    /// What a load balancer takes itself, beside waiting for the answer.
    public static final Series BALANCER = new Series("load balancer's own time", Unit.SECONDS);
    /// Requests a second of one visitor.
    public static final Series PER_CLIENT = new Series("requests per visitor", Unit.PER_SECOND);

    private Hop() {}
}
