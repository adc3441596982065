/// What outlives the daemon: samples, verdicts, evidence, releases and what the detectors know, in SQLite or
/// PostgreSQL.
@NullMarked
package io.staunch.server.store;

import org.jspecify.annotations.NullMarked;
