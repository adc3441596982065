/// The verb `review`.
@NullMarked
package io.staunch.cli.review;

import org.jspecify.annotations.NullMarked;
