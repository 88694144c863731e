package crossover.bench.load;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongUnaryOperator;
import java.util.function.UnaryOperator;

/** A server whose every answer, and when it is sent, a test decides; a thread a connection. */
final class SlowServer implements AutoCloseable {
  private static final long WAKE_UP_NANOS = 200_000;

  private final ServerSocket socket = new ServerSocket(0, 1_000, InetAddress.getLoopbackAddress());
  private final LongUnaryOperator due;
  private final UnaryOperator<String> answer;

  /**
   * Starts a server.
   *
   * @param due from the nanoTime of a request's arrival to that of its answer
   * @param answer from a request's first line to the whole answer
   */
  SlowServer(LongUnaryOperator due, UnaryOperator<String> answer) throws IOException {
    this.due = due;
    this.answer = answer;
    daemon(this::accept);
  }

  /** Answers "ok". */
  SlowServer(LongUnaryOperator due) throws IOException {
    this(due, request -> answer("200 OK", "ok"));
  }

  static String answer(String status, String body) {
    return "HTTP/1.1 %s\r\nContent-Length: %d\r\n\r\n%s".formatted(status, body.length(), body);
  }

  String port() {
    return Integer.toString(socket.getLocalPort());
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private void accept() {
    try {
      while (true) {
        Socket client = socket.accept();
        client.setTcpNoDelay(true);
        daemon(() -> serve(client));
      }
    } catch (IOException e) {
      // closed
    }
  }

  private void serve(Socket client) {
    try (client;
        BufferedReader in =
            new BufferedReader(
                new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII));
        OutputStream out = client.getOutputStream()) {
      String first;
      while ((first = in.readLine()) != null) {
        while (!in.readLine().isEmpty()) {
          // headers
        }
        waitUntil(due.applyAsLong(System.nanoTime()));
        out.write(answer.apply(first).getBytes(StandardCharsets.US_ASCII));
        out.flush();
      }
    } catch (IOException e) {
      // the client went away
    }
  }

  private static void waitUntil(long nanoTime) {
    long left;
    while ((left = nanoTime - System.nanoTime()) > 0) {
      if (left > WAKE_UP_NANOS) {
        LockSupport.parkNanos(left - WAKE_UP_NANOS);
      } else {
        Thread.onSpinWait();
      }
    }
  }

  private static void daemon(Runnable work) {
    Thread thread = new Thread(work, "slow server");
    thread.setDaemon(true);
    thread.start();
  }
}
