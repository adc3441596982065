/// Alerts: one for each service that leaks, told to the tools that a team already has.
@NullMarked
package io.staunch.server.alert;

import org.jspecify.annotations.NullMarked;
