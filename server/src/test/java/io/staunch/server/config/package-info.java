@NullMarked
package io.staunch.server.config;

import org.jspecify.annotations.NullMarked;
