package io.staunch.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InvalidClassException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeDataSupport;
import javax.management.openmbean.CompositeType;
import javax.management.openmbean.OpenType;
import javax.management.openmbean.SimpleType;
import org.junit.jupiter.api.Test;

class AnswerFilterTest {
    private record Foreign(String anything) implements Serializable {}

    @Test
    void whatBeansAnswerWithPasses() throws Exception {
        CompositeType pool = new CompositeType(
                "pool", "a pool", new String[] {"used"}, new String[] {"bytes"}, new OpenType<?>[] {SimpleType.LONG});
        List<Object> answer = new ArrayList<>(List.of(
                new CompositeDataSupport(pool, new String[] {"used"}, new Object[] {42L}),
                ObjectName.getInstance("java.lang:type=Memory")));
        assertThat(read(written(answer))).isEqualTo(answer);
    }

    @Test
    void aTypeThatIsNotOfTheJdkIsRefused() throws Exception {
        byte[] answer = written(new ArrayList<>(List.of(new Foreign("gadget"))));
        assertThat(readFreely(answer)).isEqualTo(List.of(new Foreign("gadget")));
        assertThatThrownBy(() -> read(answer)).isInstanceOf(InvalidClassException.class);
    }

    private static byte[] written(Object object) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(object);
        }
        return bytes.toByteArray();
    }

    private static Object read(byte[] bytes) throws IOException, ClassNotFoundException {
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
            in.setObjectInputFilter(AnswerFilter.filter());
            return in.readObject();
        }
    }

    private static Object readFreely(byte[] bytes) throws IOException, ClassNotFoundException {
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
            return in.readObject();
        }
    }
}
