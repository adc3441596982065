package io.staunch.verify.heap;

/// Where NetBeans' profiler library computes what an object retains by another rule than ours. Each can be switched on
/// alone in the [PeerTextbook]; all together are the library's own.
enum PeerRule {
    /// A class is held by the one object of it that a breadth-first walk meets first, not by all, nor by subclasses.
    FIRST_OBJECT("only the first object met holds its class"),
    /// Ours takes classes that one of the JDK's own loaders defined under a name of their own, and these loaders, for
    /// roots.
    LISTED_ROOTS("classes of the JDK's own loaders are no roots unless the dump lists them"),
    /// Ours lets a thread hold what lies on its stack.
    STACKS("what lies on a thread's stack is a root, not held by the thread"),
    /// A weak, soft, final or phantom reference takes part in who dominates its referent, and so does what no strong
    /// reference reaches; what is reached so only is not counted at all.
    WEAK("weak and soft references, and what only they reach, take part in who holds what is strongly reachable"),
    /// The library does not read what a class record says of them.
    NO_DOMAINS("signers and protection domains of classes are not read"),
    /// Except within what [#SHORTCUT] sums up.
    NO_CLASS_BYTES("the bytes of class objects are not counted"),
    /// An object below which each object has one referrer alone has its size summed up along the references, before
    /// there are any dominators: a root in there counts, what an object's class holds does not.
    SHORTCUT("what has one referrer each is summed up along references, roots included");

    private final String label;

    PeerRule(String label) {
        this.label = label;
    }

    String label() {
        return label;
    }

    /// Whether it is about what counts rather than about who holds what.
    boolean isCounting() {
        return this == NO_CLASS_BYTES || this == SHORTCUT;
    }
}
