package io.staunch.cli.check;

import io.staunch.collect.JvmInfo;
import io.staunch.collect.MetricsInstance;
import io.staunch.collect.PlainProcess;
import io.staunch.collect.RedisServer;
import io.staunch.collect.RemoteJvm;
import io.staunch.collect.Target;

/// A target in one line: `shop-api.jar, pid 4242, Java 17.0.15, G1, release 2.3.1`.
public final class TargetWords {
    private TargetWords() {}

    public static String of(Target target) {
        String words = switch (target) {
            case JvmInfo jvm -> jvm.name() + ", pid " + jvm.pid() + ", Java " + jvm.runtime() + ", " + jvm.collector();
            case RemoteJvm jvm ->
                jvm.name() + " at " + jvm.address() + ", Java " + jvm.runtime() + ", " + jvm.collector();
            case RedisServer redis -> "Redis " + redis.version() + " at " + redis.address();
            case PlainProcess process -> process.name() + ", pid " + process.pid();
            case MetricsInstance one -> one.service() + ", instance " + one.instance() + ", " + one.dialect();
        };
        return words + target.release().map(release -> ", release " + release).orElse("");
    }
}
