import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;

/** A real Tomcat with real sessions and a real connection pool. Arguments: a directory, sessions, connections in use. */
public final class ServiceChild {
    public static void main(String[] arguments) throws Exception {
        Tomcat tomcat = new Tomcat();
        tomcat.setBaseDir(arguments[0]);
        tomcat.setHostname("localhost");
        tomcat.setPort(0);
        Context shop = tomcat.addContext("/shop", Files.createDirectories(Path.of(arguments[0], "shop")).toString());
        Tomcat.addServlet(shop, "cart", new HttpServlet() {
            @Override
            protected void doGet(HttpServletRequest request, HttpServletResponse response) {
                request.getSession(true);
            }
        });
        shop.addServletMappingDecoded("/cart", "cart");
        tomcat.getConnector().setProperty("address", "127.0.0.1");
        tomcat.start();
        HikariConfig config = new HikariConfig();
        config.setPoolName("orders");
        config.setJdbcUrl("jdbc:h2:mem:orders");
        config.setMaximumPoolSize(7);
        config.setRegisterMbeans(true);
        HikariDataSource pool = new HikariDataSource(config);
        for (int i = 0; i < Integer.parseInt(arguments[2]); i++) {
            pool.getConnection();
        }
        URI cart = URI.create("http://127.0.0.1:" + tomcat.getConnector().getLocalPort() + "/shop/cart");
        for (int i = 0; i < Integer.parseInt(arguments[1]); i++) {
            try (InputStream answer = cart.toURL().openStream()) {
                answer.readAllBytes();
            }
        }
        System.out.println("ready");
        Thread.sleep(60_000);
        System.exit(0);
    }
}
