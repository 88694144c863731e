package crossover.webapp.data;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * As much of PostgreSQL's protocol as a client needs to log in: on loopback, without TLS and
 * password. It answers every statement of the simple protocol with no rows, and refuses the others.
 */
final class PostgresStub implements AutoCloseable {
  private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private final AtomicInteger statements = new AtomicInteger();
  private volatile boolean silent;
  private volatile String refusal;

  PostgresStub() throws IOException {
    start(this::accept);
  }

  int port() {
    return server.getLocalPort();
  }

  /** How many have arrived. */
  int statements() {
    return statements.get();
  }

  /** Whether statements stay without an answer. */
  void setSilent(boolean silent) {
    this.silent = silent;
  }

  /** Answers who logs in with an error of this SQLSTATE. */
  void refuse(String state) {
    refusal = state;
  }

  /** Cuts off every connection; with an SQLSTATE, that error is sent before. */
  void cut(String state) throws IOException {
    for (Socket socket : sockets) {
      if (state != null) {
        error(socket, "FATAL", state);
      }
      socket.close();
    }
    sockets.clear();
  }

  private void accept() throws IOException {
    while (true) {
      Socket socket = server.accept();
      sockets.add(socket);
      start(() -> serve(socket));
    }
  }

  private void serve(Socket socket) throws IOException {
    DataInputStream in = new DataInputStream(socket.getInputStream());
    in.skipNBytes(in.readInt() - 4);
    if (refusal != null) {
      error(socket, "FATAL", refusal);
      socket.close();
      return;
    }
    send(socket, 'R', new byte[4]);
    send(socket, 'S', "client_encoding\0UTF8\0".getBytes(US_ASCII));
    send(socket, 'S', "server_version\00017.0\0".getBytes(US_ASCII));
    send(socket, 'Z', new byte[] {'I'});
    while (true) {
      int type = in.readUnsignedByte();
      in.skipNBytes(in.readInt() - 4);
      if (type == 'X') {
        socket.close();
        return;
      }
      boolean answers = !silent;
      if (type == 'Q' || type == 'P') {
        statements.incrementAndGet();
      }
      if (answers && (type == 'Q' || type == 'S')) {
        if (type == 'Q') {
          send(socket, 'C', "SELECT 0\0".getBytes(US_ASCII));
        } else {
          error(socket, "ERROR", "0A000");
        }
        send(socket, 'Z', new byte[] {'I'});
      }
    }
  }

  private static void error(Socket socket, String severity, String state) throws IOException {
    String fields = "S" + severity + "\0C" + state + "\0Mrefused by the stub\0\0";
    send(socket, 'E', fields.getBytes(US_ASCII));
  }

  private static void send(Socket socket, char type, byte[] payload) throws IOException {
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(message);
    out.writeByte(type);
    out.writeInt(4 + payload.length);
    out.write(payload);
    message.writeTo(socket.getOutputStream());
  }

  private interface Work {
    void run() throws IOException;
  }

  /** Until its socket is closed. */
  private static void start(Work work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (IOException e) {
                // Closed by either side.
              }
            },
            "postgres-stub");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    server.close();
    cut(null);
  }
}
