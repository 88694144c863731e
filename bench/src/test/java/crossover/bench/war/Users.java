package crossover.bench.war;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Clients that ask one after another, each on a connection of its own. */
final class Users {
  static final byte[] FORM = "text=a&definition=b".getBytes(UTF_8);

  private Users() {}

  /** One request on a connection that stays. */
  interface Request {
    Http.Answer on(Http http) throws IOException;
  }

  static Request post(String model) {
    String headers = "Content-Type: " + Http.FORM + "\r\nContent-Length: " + FORM.length + "\r\n";
    return http -> http.send("POST", model + "/form", headers, FORM);
  }

  static Request get(String path) {
    return http -> http.send("GET", path, "", new byte[0]);
  }

  /** How many answers had which status, when each of some users has asked so many times. */
  static Map<Integer, Integer> ask(int port, int users, int times, Request request)
      throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(users);
    try {
      List<Future<List<Integer>>> pending = new ArrayList<>();
      for (int user = 0; user < users; user++) {
        pending.add(threads.submit(() -> statuses(port, times, request)));
      }
      Map<Integer, Integer> counts = new TreeMap<>();
      for (Future<List<Integer>> user : pending) {
        user.get().forEach(status -> counts.merge(status, 1, Integer::sum));
      }
      return counts;
    } finally {
      threads.shutdownNow();
    }
  }

  private static List<Integer> statuses(int port, int times, Request request) throws IOException {
    List<Integer> statuses = new ArrayList<>();
    Http http = new Http(port);
    try {
      for (int i = 0; i < times; i++) {
        Http.Answer answer = request.on(http);
        statuses.add(answer.status());
        if ("close".equals(answer.header("Connection"))) {
          http.close();
          http = new Http(port);
        }
      }
      return statuses;
    } finally {
      http.close();
    }
  }
}
