package crossover.bench.stack;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpAnswerTest {
  private static final String SECRET = "changeit";

  @TempDir Path folder;

  /** Signed by nobody, and for another host. */
  @Test
  void aServerUnderTestMayHaveACertificateOfItsOwn() throws Exception {
    HttpsServer server =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(context()));
    server.createContext("/", exchange -> exchange.sendResponseHeaders(204, -1));
    server.start();
    try {
      URI address = URI.create("https://127.0.0.1:" + server.getAddress().getPort() + "/");
      assertThat(HttpAnswer.get(address).status()).isEqualTo(204);
      URI plain = URI.create(address.toString().replace("https", "http"));
      assertThat(HttpAnswer.getByEither(plain).status()).isEqualTo(204);
    } finally {
      server.stop(0);
    }
  }

  /** A server that stops may wait for the end of its connections. */
  @Test
  void theConnectionIsNotKept() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      URI address = URI.create("http://127.0.0.1:" + server.getLocalPort() + "/");
      CompletableFuture<Integer> afterTheAnswer =
          CompletableFuture.supplyAsync(() -> answer(server));

      assertThat(HttpAnswer.get(address).status()).isEqualTo(200);

      assertThat(afterTheAnswer.get()).as("the end of the connection").isEqualTo(-1);
    }
  }

  private static int answer(ServerSocket server) {
    try (Socket connection = server.accept()) {
      connection.setSoTimeout(20_000); // the client's own limit is 30 s or more
      BufferedReader request =
          new BufferedReader(new InputStreamReader(connection.getInputStream(), US_ASCII));
      while (!request.readLine().isEmpty()) {
        // The headers.
      }
      connection
          .getOutputStream()
          .write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok".getBytes(US_ASCII));
      return request.read();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "<!doctype html><html lang='en'><head><title>HTTP Status 404 –	 Not Found</title><style>h1 {color:red}</style> | HTTP Status 404 – Not Found",
        "<style>h1 {}</style><h1>Shop</h1><p class='a'>closed</p><script>if (1 < 2) | Shop closed",
        "{\"status\": \"down\", \"a\": 1 < 2} | {\"status\": \"down\", \"a\": 1 < 2}",
      })
  void ofAPageItsTitleOrItsTextIsQuoted(String page, String quoted) {
    assertThat(new HttpAnswer(404, page)).hasToString("status 404 " + quoted);
  }

  private SSLContext context() throws Exception {
    Path file = folder.resolve("keys");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin/keytool").toString(),
                "-genkeypair",
                "-keyalg",
                "EC",
                "-alias",
                "shop",
                "-dname",
                "CN=shop.test",
                "-keystore",
                file.toString(),
                "-storepass",
                SECRET)
            .inheritIO()
            .start();
    assertThat(keytool.waitFor()).isZero();
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      keys.load(in, SECRET.toCharArray());
    }
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, SECRET.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return context;
  }
}
