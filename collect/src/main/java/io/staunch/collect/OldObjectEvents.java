package io.staunch.collect;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jdk.jfr.consumer.RecordedClass;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedObject;
import jdk.jfr.consumer.RecordingFile;

/// Reads `jdk.OldObjectSample` events and counts them by type and allocation stack.
final class OldObjectEvents {
    private static final String EVENT = "jdk.OldObjectSample";
    private static final int FRAMES = 32;

    private record Key(String type, List<String> stack) {}

    private OldObjectEvents() {}

    static List<OldObjects.Site> sites(byte[] recording) throws IOException {
        Map<Key, OldObjects.Site> sites = new LinkedHashMap<>();
        if (recording.length == 0) {
            return List.of();
        }
        Path file = Files.createTempFile("staunch", ".jfr");
        try {
            Files.write(file, recording);
            try (RecordingFile events = new RecordingFile(file)) {
                while (events.hasMoreEvents()) {
                    RecordedEvent event = events.readEvent();
                    if (event.getEventType().getName().equals(EVENT)) {
                        add(sites, event);
                    }
                }
            }
        } finally {
            Files.deleteIfExists(file);
        }
        List<OldObjects.Site> sorted = new ArrayList<>(sites.values());
        sorted.sort(Comparator.comparingLong(OldObjects.Site::count).reversed());
        return sorted;
    }

    private static void add(Map<Key, OldObjects.Site> sites, RecordedEvent event) {
        RecordedObject object = event.getValue("object");
        RecordedClass type = object == null ? null : object.getValue("type");
        if (type == null || event.getStackTrace() == null) {
            return;
        }
        Key key = new Key(
                TypeNames.ofVm(type.getName()), stack(event.getStackTrace().getFrames()));
        Duration age = event.hasField("objectAge") ? event.getDuration("objectAge") : Duration.ZERO;
        sites.merge(key, new OldObjects.Site(key.type, key.stack, 1, age), OldObjectEvents::plus);
    }

    private static OldObjects.Site plus(OldObjects.Site one, OldObjects.Site other) {
        Duration oldest = one.oldest().compareTo(other.oldest()) > 0 ? one.oldest() : other.oldest();
        return new OldObjects.Site(one.type(), one.stack(), one.count() + other.count(), oldest);
    }

    private static List<String> stack(List<RecordedFrame> frames) {
        return frames.stream()
                .filter(RecordedFrame::isJavaFrame)
                .limit(FRAMES)
                .map(OldObjectEvents::frame)
                .toList();
    }

    private static String frame(RecordedFrame frame) {
        String type = frame.getMethod().getType().getName();
        String simple = type.substring(type.lastIndexOf('.') + 1);
        int nested = simple.indexOf('$');
        String source = (nested > 0 ? simple.substring(0, nested) : simple) + ".java";
        String line = frame.getLineNumber() > 0 ? source + ":" + frame.getLineNumber() : source;
        return TypeNames.ofVm(type) + "." + frame.getMethod().getName() + "(" + line + ")";
    }
}
