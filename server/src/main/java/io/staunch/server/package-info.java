@NullMarked
package io.staunch.server;

import org.jspecify.annotations.NullMarked;
