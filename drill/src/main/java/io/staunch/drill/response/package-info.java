/// What Staunch does about one service by itself: watch, name the cause, clear the innocent, recommend, act once
/// somebody agreed, check the effect. It knows the service by its release directories and its process, and nothing of
/// the drill around it.
@NullMarked
package io.staunch.drill.response;

import org.jspecify.annotations.NullMarked;
