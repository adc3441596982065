@NullMarked
package io.staunch.server.soak;

import org.jspecify.annotations.NullMarked;
