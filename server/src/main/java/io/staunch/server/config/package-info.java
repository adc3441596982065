/// The configuration file of the daemon: what it may say, how it is read, and how a change of it is taken up.
@NullMarked
package io.staunch.server.config;

import org.jspecify.annotations.NullMarked;
