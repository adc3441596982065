@NullMarked
package io.staunch.cli;

import org.jspecify.annotations.NullMarked;
