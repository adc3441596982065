@NullMarked
package io.staunch.server.alert;

import org.jspecify.annotations.NullMarked;
