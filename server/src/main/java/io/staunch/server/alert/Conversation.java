package io.staunch.server.alert;

import java.util.Optional;

/// What one receiver was told of one incident that it still takes for open.
///
/// @param receiver names it, without secrets
/// @param thread   the receiver's own name of the thread, if it has threads
/// @param told     what it was told last, in a form of ours
public record Conversation(String receiver, String incident, Optional<String> thread, String told) {}
