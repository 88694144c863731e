package crossover.bench.war;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import crossover.bench.stack.Cpus;
import crossover.bench.stack.Installation;
import crossover.bench.stack.Jdks;
import crossover.bench.stack.Stack;
import crossover.bench.stack.Tomcat;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** PostgreSQL over TLS, by either client; the certificate of the server is for "localhost". */
class TlsIT {
  private static final String PASSWORD = "secret";

  @TempDir private static Path temp;
  private static Stack stack;
  private static Path certificate;
  private static Path otherCertificate;
  private static int port;

  @BeforeAll
  static void open() throws Exception {
    stack = Stack.open(Installation.find(), Cpus.free(), null, null);
    port = URI.create(stack.database().url().substring("jdbc:".length())).getPort();
    certificate = temp.resolve("server.crt");
    otherCertificate = temp.resolve("other.crt");
    Path key = temp.resolve("server.key");
    makeCertificate(certificate, key);
    makeCertificate(otherCertificate, temp.resolve("other.key"));
    long postgres = stack.backendPids().get("postgres");
    useCertificate(dataOf(postgres), key);
    run("kill", "-HUP", Long.toString(postgres));
    awaitTls();
  }

  @AfterAll
  static void close() {
    stack.close();
  }

  /** By the JDK's keytool; PostgreSQL wants PEM. */
  private static void makeCertificate(Path certificate, Path key) throws Exception {
    Path store = certificate.resolveSibling(certificate.getFileName() + ".p12");
    run(
        Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
        "-genkeypair",
        "-alias",
        "server",
        "-keyalg",
        "RSA",
        "-dname",
        "CN=localhost",
        "-ext",
        "san=dns:localhost",
        "-storetype",
        "PKCS12",
        "-keystore",
        store.toString(),
        "-storepass",
        PASSWORD);
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD.toCharArray());
    }
    byte[] pkcs8 = keys.getKey("server", PASSWORD.toCharArray()).getEncoded();
    Files.writeString(key, pem("PRIVATE KEY", pkcs8));
    Files.writeString(certificate, pem("CERTIFICATE", keys.getCertificate("server").getEncoded()));
  }

  private static String pem(String type, byte[] der) {
    String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    return "-----BEGIN " + type + "-----\n" + lines + "\n-----END " + type + "-----\n";
  }

  private static void run(String... command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), US_ASCII);
    assertThat(process.waitFor()).as(said).isZero();
  }

  private static Path dataOf(long postgres) {
    List<String> command =
        List.of(ProcessHandle.of(postgres).orElseThrow().info().arguments().orElseThrow());
    return Path.of(command.get(command.indexOf("-D") + 1));
  }

  private static void useCertificate(Path data, Path key) throws IOException {
    for (Path file : List.of(certificate, key)) {
      Path copy = Files.copy(file, data.resolve(file.getFileName()));
      Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString("rw-------"));
      Files.setAttribute(copy, "unix:uid", Files.getAttribute(data, "unix:uid"));
    }
    Files.writeString(data.resolve("postgresql.conf"), "\nssl = on\n", StandardOpenOption.APPEND);
  }

  private static String url(String host, String mode, Path authority) {
    return "jdbc:postgresql://%s:%d/crossover?sslmode=%s&sslrootcert=%s"
        .formatted(host, port, mode, authority);
  }

  /** The server reads its configuration when it comes to it. */
  private static void awaitTls() throws Exception {
    String url = url("localhost", "prefer", certificate);
    long deadline = System.nanoTime() + Tomcat.START_LIMIT.toNanos();
    while (unencrypted(url) > 0 && System.nanoTime() < deadline) {
      Thread.sleep(50);
    }
  }

  /** Sessions without TLS, that of this question too. */
  private static long unencrypted(String url) throws Exception {
    try (Connection connection =
            DriverManager.getConnection(url, stack.database().user(), stack.database().password());
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "select count(*) from pg_stat_ssl join pg_stat_activity using (pid)"
                    + " where usename = current_user and not ssl")) {
      rows.next();
      return rows.getLong(1);
    }
  }

  private static Tomcat launch(String url) {
    Map<String, String> settings = new HashMap<>(MatrixIT.PATIENT);
    settings.put("crossover.jdbc.url", url);
    return stack.launch(
        "tls", Installation.find().war(), 11, Jdks.newest(), MatrixIT.JVM, settings, 0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"require", "verify-full"})
  void everyModelIsServedOverTls(String mode) throws Exception {
    String url = url("localhost", mode, certificate);
    try (Tomcat tomcat = launch(url)) {
      tomcat.awaitReady("/health", 200);
      for (String model : MatrixIT.MODELS) {
        assertThat(Http.get(tomcat.port(), model + "/words/1").status()).isEqualTo(200);
        assertThat(Http.post(tomcat.port(), model + "/form", Http.FORM, Users.FORM).status())
            .isEqualTo(303);
      }
      assertThat(unencrypted(url)).isZero();
    }
  }

  @Test
  void aServerOfAnotherNameIsRefused() throws Exception {
    assertRefused(url("127.0.0.1", "verify-full", certificate), "hostname 127.0.0.1");
  }

  @Test
  void aServerOfAnotherAuthorityIsRefused() throws Exception {
    assertRefused(url("localhost", "verify-ca", otherCertificate), "sslrootcert");
  }

  private static void assertRefused(String url, String said) throws Exception {
    try (Tomcat tomcat = launch(url)) {
      tomcat.awaitReady("/sync/page", 200);
      assertThat(ReadinessIT.awaitDatabase(tomcat, "failed").body()).contains(said);
      for (String model : MatrixIT.MODELS) {
        assertThat(Http.get(tomcat.port(), model + "/words/1").status()).isEqualTo(503);
      }
    }
  }
}
