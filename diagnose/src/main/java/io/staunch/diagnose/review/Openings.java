package io.staunch.diagnose.review;

import java.lang.classfile.instruction.NewObjectInstruction;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What opens things that must be closed: constructors and calls of the JDK and of widely used libraries. Only those
/// are looked for: many types can be closed that need not be.
final class Openings {
    private static final Set<String> BY_NAME_OF_FILE = Set.of(
            "java/io/FileInputStream",
            "java/io/FileOutputStream",
            "java/io/FileReader",
            "java/io/FileWriter",
            "java/io/RandomAccessFile",
            "java/io/PrintWriter",
            "java/io/PrintStream",
            "java/util/Formatter",
            "java/util/Scanner",
            "java/util/zip/ZipFile",
            "java/util/jar/JarFile");
    private static final Set<String> FILE_NAMES = Set.of("java/lang/String", "java/io/File", "java/nio/file/Path");
    private static final Set<String> ALWAYS = Set.of(
            "java/net/Socket",
            "java/net/ServerSocket",
            "java/net/DatagramSocket",
            "java/net/MulticastSocket",
            "java/net/URLClassLoader",
            "org/apache/kafka/clients/producer/KafkaProducer",
            "org/apache/kafka/clients/consumer/KafkaConsumer");
    private static final Map<String, Set<String>> STATIC_CALLS = Map.ofEntries(
            Map.entry(
                    "java/nio/file/Files",
                    Set.of(
                            "newInputStream",
                            "newOutputStream",
                            "newBufferedReader",
                            "newBufferedWriter",
                            "newByteChannel",
                            "newDirectoryStream",
                            "lines",
                            "list",
                            "walk",
                            "find")),
            Map.entry("java/nio/channels/FileChannel", Set.of("open")),
            Map.entry("java/nio/channels/AsynchronousFileChannel", Set.of("open")),
            Map.entry("java/nio/channels/SocketChannel", Set.of("open")),
            Map.entry("java/nio/channels/ServerSocketChannel", Set.of("open")),
            Map.entry("java/nio/channels/DatagramChannel", Set.of("open")),
            Map.entry("java/nio/channels/Selector", Set.of("open")),
            Map.entry("java/nio/file/FileSystems", Set.of("newFileSystem")),
            Map.entry("java/net/URLClassLoader", Set.of("newInstance")),
            Map.entry("java/lang/foreign/Arena", Set.of("ofConfined", "ofShared")),
            Map.entry("java/sql/DriverManager", Set.of("getConnection")),
            Map.entry("org/apache/http/impl/client/HttpClients", Set.of("createDefault", "createSystem")),
            Map.entry("org/apache/hc/client5/http/impl/classic/HttpClients", Set.of("createDefault", "createSystem")));
    private static final Set<String> JDBC =
            Set.of("java/sql/Connection", "java/sql/Statement", "java/sql/PreparedStatement");
    private static final Map<String, Confidence> EXECUTORS = Map.of(
            "newFixedThreadPool", Confidence.CERTAIN,
            "newScheduledThreadPool", Confidence.CERTAIN,
            "newSingleThreadScheduledExecutor", Confidence.CERTAIN,
            "newCachedThreadPool", Confidence.LIKELY,
            "newWorkStealingPool", Confidence.LIKELY);
    private static final Map<String, Confidence> NEW_EXECUTORS = Map.of(
            "java/util/concurrent/ThreadPoolExecutor", Confidence.CERTAIN,
            "java/util/concurrent/ScheduledThreadPoolExecutor", Confidence.CERTAIN,
            "java/util/concurrent/ForkJoinPool", Confidence.LIKELY,
            "java/util/Timer", Confidence.LIKELY);

    private Openings() {}

    /// Whether the step can be one; cheap, without knowing what flows where.
    static boolean isWorthALook(MethodCode code, int step) {
        return code.step(step) instanceof NewObjectInstruction made
                ? isConstructed(made.className().asInternalName())
                : Call.of(code.step(step)).flatMap(Openings::called).isPresent();
    }

    private static boolean isConstructed(String type) {
        return ALWAYS.contains(type) || BY_NAME_OF_FILE.contains(type) || NEW_EXECUTORS.containsKey(type);
    }

    static List<Opening> of(Flow flow) {
        List<Opening> found = new ArrayList<>();
        for (int step = 0; step < flow.code().size(); step++) {
            if (flow.isReached(step) && isWorthALook(flow.code(), step)) {
                at(flow, step).ifPresent(found::add);
            }
        }
        return found;
    }

    private static Optional<Opening> at(Flow flow, int step) {
        if (flow.code().step(step) instanceof NewObjectInstruction made) {
            return constructed(flow, step, made.className().asInternalName());
        }
        Call call = Call.of(flow.code().step(step)).orElseThrow();
        return called(call)
                .map(opened -> new Opening(
                        step,
                        step,
                        JDBC.contains(call.owner()) ? flow.operands(step).getFirst() : Value.NOTHING,
                        opened.kind(),
                        opened.confidence(),
                        CodeUnit.javaName(call.returns())));
    }

    private static Optional<Opening> constructed(Flow flow, int step, String type) {
        for (Flow.Use use : flow.uses(step)) {
            Optional<Call> constructor =
                    Call.of(flow.code().step(use.step())).filter(call -> call.isConstructor() && use.operand() == 0);
            if (constructor.isPresent()) {
                boolean opens = ALWAYS.contains(type)
                        || NEW_EXECUTORS.containsKey(type)
                        || (FILE_NAMES.contains(constructor.get().parameter(0)) && !isText(type, constructor.get()));
                Opening.Kind kind = NEW_EXECUTORS.containsKey(type) ? Opening.Kind.EXECUTOR : Opening.Kind.RESOURCE;
                return opens
                        ? Optional.of(new Opening(
                                step,
                                use.step(),
                                Value.NOTHING,
                                kind,
                                NEW_EXECUTORS.getOrDefault(type, Confidence.CERTAIN),
                                CodeUnit.javaName(type)))
                        : Optional.empty();
            }
        }
        return Optional.empty();
    }

    /// A scanner's string is what it scans, not a file's name.
    private static boolean isText(String type, Call constructor) {
        return type.equals("java/util/Scanner") && constructor.parameter(0).equals("java/lang/String");
    }

    private record Opened(Opening.Kind kind, Confidence confidence) {
        static final Optional<Opened> CERTAINLY = Optional.of(new Opened(Opening.Kind.RESOURCE, Confidence.CERTAIN));
        static final Optional<Opened> PERHAPS = Optional.of(new Opened(Opening.Kind.RESOURCE, Confidence.LIKELY));
    }

    private static Optional<Opened> called(Call call) {
        if (call.isStatic()) {
            if (call.owner().equals("java/util/concurrent/Executors")) {
                return Optional.ofNullable(EXECUTORS.get(call.name()))
                        .map(confidence -> new Opened(Opening.Kind.EXECUTOR, confidence));
            }
            // a file system made for a URI is known to the JDK by it, and made once
            boolean byUri = call.parameter(0).equals("java/net/URI");
            return !byUri && STATIC_CALLS.getOrDefault(call.owner(), Set.of()).contains(call.name())
                    ? Opened.CERTAINLY
                    : Optional.empty();
        }
        return switch (call.name()) {
            case "getConnection" ->
                call.owner().endsWith("DataSource") && call.returns().equals("java/sql/Connection")
                        ? Opened.CERTAINLY
                        : Optional.empty();
            case "createStatement", "prepareStatement", "prepareCall" ->
                call.owner().equals("java/sql/Connection") ? Opened.CERTAINLY : Optional.empty();
            case "executeQuery" -> JDBC.contains(call.owner()) ? Opened.PERHAPS : Optional.empty();
            case "openStream" -> call.owner().equals("java/net/URL") ? Opened.CERTAINLY : Optional.empty();
            case "getResourceAsStream" ->
                call.owner().equals("java/lang/Class") || call.owner().equals("java/lang/ClassLoader")
                        ? Opened.PERHAPS
                        : Optional.empty();
            case "openSession" ->
                call.owner().equals("org/hibernate/SessionFactory") ? Opened.CERTAINLY : Optional.empty();
            case "createEntityManager" ->
                call.owner().endsWith("/persistence/EntityManagerFactory") ? Opened.CERTAINLY : Optional.empty();
            case "getResource" ->
                call.owner().equals("redis/clients/jedis/JedisPool") ? Opened.CERTAINLY : Optional.empty();
            case "execute" ->
                call.returns().endsWith("/CloseableHttpResponse")
                                || call.owner().equals("okhttp3/Call")
                        ? Opened.CERTAINLY
                        : Optional.empty();
            default -> Optional.empty();
        };
    }
}
