package io.staunch.server.alert;

import java.io.IOException;
import java.util.List;

/// Keeps conversations beyond the life of this process, so that whoever is started next tells what is new in the same
/// threads, and nothing twice. Each call may take seconds; one that fails may be made again.
public interface Conversations {
    /// Keeps none.
    Conversations NONE = new Conversations() {
        @Override
        public List<Conversation> kept() {
            return List.of();
        }

        @Override
        public void keep(Conversation conversation) {}

        @Override
        public void forget(String receiver, String incident) {}
    };

    List<Conversation> kept() throws IOException;

    /// In place of the one with the same receiver and incident. It is on the disk when this returns.
    void keep(Conversation conversation) throws IOException;

    void forget(String receiver, String incident) throws IOException;
}
