@NullMarked
package io.staunch.server.store;

import org.jspecify.annotations.NullMarked;
