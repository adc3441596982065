@NullMarked
package io.staunch.remedy;

import org.jspecify.annotations.NullMarked;
