@NullMarked
package io.staunch.verify.heap;

import org.jspecify.annotations.NullMarked;
