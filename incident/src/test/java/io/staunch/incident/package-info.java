@NullMarked
package io.staunch.incident;

import org.jspecify.annotations.NullMarked;
