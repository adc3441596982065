/// The daemon's face: the API under `/api/v1`, the live events, the figures for Prometheus and the page.
@NullMarked
package io.staunch.server.web;

import org.jspecify.annotations.NullMarked;
