/// The shop's operations: starts its processes, deploys and rolls back releases, updates the schema, stops all.
@NullMarked
package io.staunch.shop.control;

import org.jspecify.annotations.NullMarked;
