@NullMarked
package io.staunch.cli.check;

import org.jspecify.annotations.NullMarked;
