import java.beans.PropertyChangeEvent;
import java.beans.PropertyChangeListener;
import java.beans.PropertyChangeSupport;
import java.io.File;
import java.io.FileInputStream;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Field;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Timer;
import java.util.TimerTask;
import java.util.WeakHashMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.zip.Deflater;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import sun.misc.Unsafe;

/** Programs that leak, each in its own way, with nothing but the JDK; and some that only look so. */
public final class Subject {
    static final List<Object> KEPT = Collections.synchronizedList(new ArrayList<>());
    static final Random RANDOM = new Random(1);
    static final ThreadLocal<Map<String, Object>> CONTEXT = ThreadLocal.withInitial(HashMap::new);
    static final Shelf SHELF = new Shelf();
    static final Model MODEL = new Model();
    static final WeakHashMap<Key, Value> WEAK = new WeakHashMap<>();
    static final ExecutorService SLOW = Executors.newSingleThreadExecutor();
    static final Timer TIMER = new Timer("billing", true);
    static final CompletableFuture<String> NEVER = new CompletableFuture<>();
    static final BlockingQueue<Order> QUEUE = new LinkedBlockingQueue<>();
    static final Map<String, List<Order>> TOPICS = new ConcurrentHashMap<>();

    public interface GaugeMBean {
        int getValue();
    }

    public static final class Gauge implements GaugeMBean {
        private final byte[] history = new byte[2000];

        @Override
        public int getValue() {
            return history.length;
        }
    }

    static final class Order {
        final String id = "o" + RANDOM.nextLong();
        final List<String> lines = List.of("a" + RANDOM.nextInt(), "b" + RANDOM.nextInt());
    }

    static final class Shelf {
        final Map<String, Order> byId = new LinkedHashMap<>();
    }

    static final class Model {
        final PropertyChangeSupport support = new PropertyChangeSupport(this);
    }

    static final class View implements PropertyChangeListener {
        final byte[] pixels = new byte[2000];

        @Override
        public void propertyChange(PropertyChangeEvent event) {}
    }

    static final class Key {
        final String name;

        Key(String name) {
            this.name = name;
        }
    }

    static final class Value {
        final Key key;
        final byte[] content = new byte[1000];

        Value(Key key) {
            this.key = key;
        }
    }

    static final class Plugin {
        static final byte[] DATA = new byte[200];
    }

    interface Step {
        void run(long number) throws Exception;
    }

    private Subject() {}

    private static Step step(String mode) throws Exception {
        MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
        Path folder = Files.createTempDirectory("subject");
        Unsafe unsafe = unsafe();
        switch (mode) {
            case "mbeans":
                return n -> beans.registerMBean(new Gauge(), new ObjectName("app:type=Gauge,id=" + n));
            case "timer-tasks":
                return n -> schedule(new Order());
            case "class-loaders":
                return n -> KEPT.add(new URLClassLoader(new URL[] {here()}, null).loadClass("Subject$Plugin"));
            case "threads":
                return n -> sleeper("worker-" + n);
            case "direct-buffers":
                return n -> KEPT.add(filled(ByteBuffer.allocateDirect(20_000)));
            case "deflaters":
                return n -> KEPT.add(used(new Deflater()));
            case "malloc":
                return n -> unsafe.setMemory(unsafe.allocateMemory(10_000), 10_000, (byte) 1);
            case "shutdown-hooks":
                return n -> hook(new Order());
            case "listeners":
                return n -> MODEL.support.addPropertyChangeListener(new View());
            case "weak-keys":
                return n -> keep(new Key("k" + n));
            case "backlog":
                return n -> slowly(new Order());
            case "futures":
                return n -> chain(new Order());
            case "queue":
                return n -> QUEUE.add(new Order());
            case "map":
                return n -> SHELF.byId.put("o" + n, new Order());
            case "topics":
                return n -> TOPICS.computeIfAbsent("t" + n % 50, key -> new CopyOnWriteArrayList<>()).add(new Order());
            case "open-files":
                return n -> open(folder.resolve("f" + n % 10));
            case "thread-locals":
                return n -> CONTEXT.get().put("request-" + n, new byte[1500]);
            case "control-bounded-map":
                return n -> bounded(n);
            case "control-churn":
                return n -> churn(n);
            case "control-pool":
                return n -> QUEUE.add(QUEUE.size() < 3_000 ? new Order() : QUEUE.remove());
            case "control-batch":
                return n -> batch(n);
            default:
                throw new IllegalArgumentException("expected a subject, found '" + mode + "'");
        }
    }

    private static Unsafe unsafe() throws ReflectiveOperationException {
        Field field = Unsafe.class.getDeclaredField("theUnsafe");
        field.setAccessible(true);
        return (Unsafe) field.get(null);
    }

    private static URL here() throws Exception {
        return new File(System.getProperty("java.class.path")).toURI().toURL();
    }

    private static void schedule(Order order) {
        TimerTask reminder = new TimerTask() {
            @Override
            public void run() {
                order.hashCode();
            }
        };
        TIMER.schedule(reminder, 3_600_000L);
    }

    private static void sleeper(String name) {
        Thread thread = new Thread(Subject::sleep, name);
        thread.setDaemon(true);
        thread.start();
    }

    private static void sleep() {
        try {
            Thread.sleep(10_000_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static ByteBuffer filled(ByteBuffer buffer) {
        while (buffer.hasRemaining()) {
            buffer.put((byte) 1);
        }
        return buffer;
    }

    private static Deflater used(Deflater deflater) {
        deflater.setInput(new byte[100]);
        deflater.deflate(new byte[100]);
        return deflater;
    }

    private static void hook(Order order) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> order.hashCode()));
    }

    private static void keep(Key key) {
        WEAK.put(key, new Value(key));
    }

    private static void slowly(Order order) {
        SLOW.execute(() -> {
            sleep();
            order.hashCode();
        });
    }

    private static void chain(Order order) {
        NEVER.thenApply(text -> text + order.id);
    }

    private static void open(Path file) throws Exception {
        Files.writeString(file, "x");
        KEPT.add(new FileInputStream(file.toFile()));
    }

    private static void bounded(long number) {
        SHELF.byId.put("o" + number, new Order());
        if (SHELF.byId.size() > 20_000) {
            Iterator<String> oldest = SHELF.byId.keySet().iterator();
            oldest.next();
            oldest.remove();
        }
    }

    private static void churn(long number) {
        SHELF.byId.put("o" + number % 5_000, new Order());
        KEPT.clear();
        KEPT.add(new byte[100_000]);
    }

    private static void batch(long number) {
        KEPT.add(new Order());
        if (number % 30_000 == 29_999) {
            KEPT.clear();
        }
    }

    /** @param args mode, steps a second, seconds */
    public static void main(String[] args) throws Exception {
        Step step = step(args[0]);
        double perSecond = Double.parseDouble(args[1]);
        long seconds = Long.parseLong(args[2]);
        System.out.println("ready");
        long begin = System.nanoTime();
        long done = 0;
        for (double past = 0; past < seconds; past = (System.nanoTime() - begin) / 1e9) {
            for (; done < perSecond * past; done++) {
                step.run(done);
                new Order().hashCode();
            }
            Thread.sleep(1);
        }
        Runtime.getRuntime().halt(0);
    }
}
