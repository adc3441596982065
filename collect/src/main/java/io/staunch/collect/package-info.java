@NullMarked
package io.staunch.collect;

import org.jspecify.annotations.NullMarked;
