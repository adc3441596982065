@NullMarked
package io.staunch.verify;

import org.jspecify.annotations.NullMarked;
