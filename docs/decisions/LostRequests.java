import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Field;
import java.net.Socket;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.catalina.Context;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.apache.coyote.AbstractProtocol;
import org.apache.coyote.Processor;

/**
 * What decision 11 is about: Tomcat's look for requests that have waited too long, made all the time and not once a
 * second. Every connection that ends without an answer is a request lost.
 *
 * <p>{@code java -cp "$CATALINA_HOME/lib/*:$CATALINA_HOME/bin/tomcat-juli.jar" LostRequests.java SECONDS TIMEOUT_MILLIS}
 */
public final class LostRequests {
  private static final int USERS = 32;
  private static final int BODY = 100;
  private static final byte[] REQUEST = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes();

  private static final AtomicLong ANSWERED = new AtomicLong();
  private static final AtomicLong LOST = new AtomicLong();

  public static void main(String[] args) throws Exception {
    long end = System.nanoTime() + Long.parseLong(args[0]) * 1_000_000_000;
    Connector connector = start(Long.parseLong(args[1]));
    List<Thread> threads = new ArrayList<>();
    for (int user = 0; user < USERS; user++) {
      threads.add(new Thread(() -> ask(connector.getLocalPort(), end)));
    }
    threads.add(new Thread(() -> look(connector, end)));
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join();
    }
    System.out.println(ANSWERED + " requests answered, " + LOST + " lost");
    System.exit(0);
  }

  private static Connector start(long timeoutMillis) throws Exception {
    ExecutorService elsewhere = Executors.newFixedThreadPool(2);
    Tomcat tomcat = new Tomcat();
    String base = Files.createTempDirectory("tomcat").toString();
    tomcat.setBaseDir(base);
    Connector connector = new Connector();
    connector.setPort(0);
    connector.setProperty("address", "127.0.0.1");
    connector.setProperty("connectionTimeout", "2000");
    connector.setProperty("maxKeepAliveRequests", "-1");
    tomcat.setConnector(connector);
    Context context = tomcat.addContext("", base);
    Tomcat.addServlet(
            context,
            "dispatched",
            new HttpServlet() {
              @Override
              protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
                if (request.getAttribute("made") != null) {
                  response.setContentLength(BODY);
                  response.getOutputStream().write(new byte[BODY]);
                  return;
                }
                AsyncContext async = request.startAsync();
                async.setTimeout(timeoutMillis);
                elsewhere.execute(
                    () -> {
                      async.getRequest().setAttribute("made", true);
                      async.dispatch();
                    });
              }
            })
        .setAsyncSupported(true);
    context.addServletMappingDecoded("/", "dispatched");
    tomcat.start();
    return connector;
  }

  private static void ask(int port, long end) {
    while (System.nanoTime() < end) {
      try (Socket socket = new Socket("127.0.0.1", port)) {
        socket.setTcpNoDelay(true);
        while (System.nanoTime() < end) {
          socket.getOutputStream().write(REQUEST);
          if (!isAnswered(socket.getInputStream())) {
            LOST.incrementAndGet();
            break;
          }
          ANSWERED.incrementAndGet();
        }
      } catch (IOException e) {
        LOST.incrementAndGet();
      }
    }
  }

  /** Reads an answer; false where the connection ends before it does. */
  private static boolean isAnswered(InputStream in) throws IOException {
    byte[] bytes = new byte[4096];
    int length = 0;
    int body;
    do {
      int read = in.read(bytes, length, bytes.length - length);
      if (read < 0) {
        return false;
      }
      length += read;
      body = new String(bytes, 0, length).indexOf("\r\n\r\n") + 4;
    } while (body < 4 || length < body + BODY);
    return true;
  }

  @SuppressWarnings("unchecked")
  private static void look(Connector connector, long end) {
    try {
      Field waiting = AbstractProtocol.class.getDeclaredField("waitingProcessors");
      waiting.setAccessible(true);
      Set<Processor> processors = (Set<Processor>) waiting.get(connector.getProtocolHandler());
      while (System.nanoTime() < end) {
        long now = System.currentTimeMillis();
        processors.forEach(processor -> processor.timeoutAsync(now));
      }
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private LostRequests() {}
}
