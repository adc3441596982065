/// What Staunch does about one service by itself: watch, name the cause, clear the innocent, recommend, act once
/// somebody agreed, check the effect. The daemon and the drills use the very same; where processes are found ([Sight])
/// and who decides ([OnCall]) is all that differs.
@NullMarked
package io.staunch.server.response;

import org.jspecify.annotations.NullMarked;
