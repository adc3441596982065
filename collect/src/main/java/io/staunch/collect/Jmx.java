package io.staunch.collect;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import javax.management.Attribute;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServerConnection;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;
import javax.rmi.ssl.SslRMIClientSocketFactory;

/// A connection to a target's MBeans. Every method is one round trip of about 0.3 ms.
final class Jmx implements AutoCloseable {
    private final JMXConnector connector;
    private final MBeanServerConnection server;

    private Jmx(JMXConnector connector) throws IOException {
        this.connector = connector;
        this.server = connector.getMBeanServerConnection();
    }

    /// @param address as the attached target itself gave it
    @SuppressWarnings("BanJNDI") // the address holds the connector's stub, no name to look up
    static Jmx connect(String address) throws IOException {
        return new Jmx(JMXConnectorFactory.connect(new JMXServiceURL(address), environment()));
    }

    /// No heartbeat: it would be calls that nobody asked for, and a thread.
    private static Map<String, Object> environment() {
        Map<String, Object> environment = new HashMap<>();
        environment.put("jmx.remote.x.client.connection.check.period", 0L);
        return environment;
    }

    /// By the registry at an address. What it answers is read through the filter of [AnswerFilter].
    ///
    /// @throws SecurityException if user and password are wrong or missing
    @SuppressWarnings("BanJNDI") // the one name that is looked up, `jmxrmi`, at an address that the user gave
    static Jmx connect(JmxAddress address) throws IOException {
        Map<String, Object> environment = environment();
        address.user()
                .ifPresent(user -> environment.put(
                        JMXConnector.CREDENTIALS,
                        new String[] {user, address.password().orElse("")}));
        if (address.tls()) {
            environment.put("com.sun.jndi.rmi.factory.socket", new SslRMIClientSocketFactory());
        }
        JMXServiceURL url = new JMXServiceURL("service:jmx:rmi:///jndi/rmi://" + address + "/jmxrmi");
        return new Jmx(JMXConnectorFactory.connect(url, environment));
    }

    /// The attributes that the bean has, of those asked for; none if there is no such bean.
    Map<String, Object> attributes(ObjectName bean, String... names) throws IOException {
        try {
            Map<String, Object> values = new HashMap<>();
            for (Attribute attribute : server.getAttributes(bean, names).asList()) {
                if (attribute.getValue() != null) {
                    values.put(attribute.getName(), attribute.getValue());
                }
            }
            return values;
        } catch (InstanceNotFoundException e) {
            return Map.of();
        } catch (JMException e) {
            throw new IOException(bean + ": expected its attributes, found " + TargetCalls.firstLine(e), e);
        }
    }

    /// How many beans there are.
    int count() throws IOException {
        return server.getMBeanCount();
    }

    /// The beans whose name matches, in the order of their names.
    Set<ObjectName> names(String pattern) throws IOException {
        return new TreeSet<>(server.queryNames(name(pattern), null));
    }

    boolean has(ObjectName bean) throws IOException {
        return server.isRegistered(bean);
    }

    Object invoke(ObjectName bean, String operation, Object[] arguments, String[] signature) throws IOException {
        try {
            return server.invoke(bean, operation, arguments, signature);
        } catch (JMException e) {
            throw new IOException(
                    bean + ", " + operation + ": expected a result, found " + TargetCalls.firstLine(e), e);
        }
    }

    MBeanServerConnection server() {
        return server;
    }

    static ObjectName name(String name) {
        try {
            return ObjectName.getInstance(name);
        } catch (MalformedObjectNameException e) {
            throw new IllegalArgumentException("expected the name of an MBean, found " + name, e);
        }
    }

    @Override
    public void close() throws IOException {
        connector.close();
    }
}
