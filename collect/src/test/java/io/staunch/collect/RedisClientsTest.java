package io.staunch.collect;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RedisClientsTest {
    private static final String LIST = """
            id=3 addr=10.0.0.7:51000 name=reports age=9 omem=8000000 tot-mem=8001000 cmd=monitor user=default
            id=4 addr=10.0.0.8:51001 name= age=2 omem=20000 cmd=lrange
            id=5 addr=10.0.0.9:51002 name=api age=1 omem=0 cmd=get
            """;

    @Test
    void theClientThatMostWaitsForIsNamedWithoutItsPort() {
        assertThat(RedisClients.slowest(LIST)).hasValue("client reports at 10.0.0.7, last command monitor");
    }

    @Test
    void whereNothingWaitsThereIsNone() {
        assertThat(RedisClients.slowest("id=5 addr=10.0.0.9:51002 name=api omem=0 cmd=get\n"))
                .isEmpty();
        assertThat(RedisClients.slowest("")).isEmpty();
    }
}
