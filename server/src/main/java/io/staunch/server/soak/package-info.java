/// Releases side by side under load: commands that are started and ended again, and what the watch over them says.
@NullMarked
package io.staunch.server.soak;

import org.jspecify.annotations.NullMarked;
