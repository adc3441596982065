/// `staunch doctor`: what can be watched on this host, with which right, and at what cost.
@NullMarked
package io.staunch.cli.doctor;

import org.jspecify.annotations.NullMarked;
