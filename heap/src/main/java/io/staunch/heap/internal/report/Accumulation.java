package io.staunch.heap.internal.report;

import io.staunch.heap.Library;
import io.staunch.heap.Shape;
import java.util.Optional;

/// A container that piles things up, in words.
///
/// @param node the container's node
/// @param piled what it is filled with
/// @param path from a root to the largest of its containers
record Accumulation(int node, Blame.Piled piled, HolderPath path, Optional<Library> library, Shape shape) {}
